import type { Violation } from "../yaml/problem";
import type { Rule } from "./rule";

export const bucketNamePattern =
  "^(?!xn--|sthree-|amzn-s3-demo-)(?!.*\\.\\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$";

const prefixes = ["xn--", "sthree-", "amzn-s3-demo-"];
const suffixes = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

/** Source: S3 User Guide, "General purpose bucket naming rules". */
export const bucketNameRule: Rule = (text) => {
  const broken = brokenRule(text);
  if (broken === undefined) return undefined;
  return {
    code: "malformed-bucket-name",
    message: `S3 does not allow this bucket name: ${broken}`,
    found: text,
    allowed: "3-63 lower-case letters, digits, dots and hyphens, with a letter or digit at both ends",
    fix: /[A-Z_]/.test(text)
      ? `write ${text.toLowerCase().replaceAll("_", "-")}, if that name is free`
      : "choose another name",
  };
};

function brokenRule(name: string): string | undefined {
  if (name.length < 3 || name.length > 63) return `it has ${name.length} characters`;
  if (/[^a-z0-9.-]/.test(name)) return "it has characters other than a-z, 0-9, dot and hyphen";
  if (!/^[a-z0-9].*[a-z0-9]$/.test(name)) return "it does not begin and end with a letter or digit";
  if (name.includes("..")) return "it has two dots in a row";
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return "it looks like an IP address";
  const prefix = prefixes.find((reserved) => name.startsWith(reserved));
  if (prefix !== undefined) return `the prefix ${prefix} is reserved`;
  const suffix = suffixes.find((reserved) => name.endsWith(reserved));
  return suffix === undefined ? undefined : `the suffix ${suffix} is reserved`;
}

/** What this project configures on a bucket; access.yaml may exclude each one with `keep`. */
export const BUCKET_SETTINGS = [
  "encryption",
  "lifecycle",
  "ownership",
  "policy",
  "publicAccess",
  "versioning",
] as const;
export type BucketSetting = (typeof BUCKET_SETTINGS)[number];

/** The id of the only lifecycle rule on a bucket. */
export const LIFECYCLE_RULE = "expire-old-versions";

/** Days after which S3 deletes the parts of an unfinished upload, which would cost money. */
export const DAYS_TO_FINISH_AN_UPLOAD = 7;

/** Days that S3 keeps old versions, unless the file says more. */
export const defaultKeepVersionsDays = 30;

/** What is wrong with a number of days that S3 keeps old versions. */
export function keepVersionsViolation(days: number): Violation | undefined {
  return daysViolation(days, "write a number in that range, or remove the key for 30");
}

/** What is wrong with a number of days after which S3 deletes objects. */
export function expireViolation(days: number): Violation | undefined {
  return daysViolation(days, "write a number in that range, or remove the key to keep the objects");
}

function daysViolation(days: number, fix: string): Violation | undefined {
  if (Number.isInteger(days) && days >= 1 && days <= 3_650) return undefined;
  return {
    code: "days-out-of-range",
    message: "the number of days is out of range",
    found: String(days),
    allowed: "whole days, 1-3650",
    fix,
  };
}
