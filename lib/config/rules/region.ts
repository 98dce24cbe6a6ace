import type { Rule } from "./rule";

export const regionPattern = "^[a-z]{2,4}(-[a-z]{2,})+-[1-9][0-9]?$";
const regionForm = new RegExp(regionPattern);

/** Checks the form of a region's name; only AWS knows whether the region exists and is enabled. */
export const regionRule: Rule = (text) => {
  if (regionForm.test(text)) return undefined;
  const zone = /^(.+-\d+)[a-z]$/.exec(text)?.[1];
  const near =
    zone ??
    text
      .toLowerCase()
      .replace(/[\s_]+/g, "-")
      .replace(/([a-z])(\d+)$/, "$1-$2");
  return {
    code: "malformed-region",
    message: zone === undefined ? "this is not an AWS region" : "this is an availability zone, not a region",
    found: text,
    allowed: "the name of a region, such as us-east-1",
    fix: regionForm.test(near)
      ? `write ${near}, if that is the region`
      : "write the region's code, as the AWS console shows it; aws ec2 describe-regions lists them",
  };
};

/** Source: AWS SDK's partitions.json (by prefix of the region). */
const prefixes: readonly (readonly [prefix: string, partition: string])[] = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["us-iso-", "aws-iso"],
  ["us-isob-", "aws-iso-b"],
  ["eu-isoe-", "aws-iso-e"],
  ["us-isof-", "aws-iso-f"],
  ["eusc-", "aws-eusc"],
];

/** The partition in ARNs of a region. */
export function partitionOf(region: string): string {
  return prefixes.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
}
