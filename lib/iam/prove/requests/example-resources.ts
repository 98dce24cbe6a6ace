import type { ActionCatalogue } from "../../data/action-details";
import {
  COMMON_RESOURCES,
  EXAMPLE_ACCOUNT,
  EXAMPLE_REGION,
  WITHOUT_RESOURCE,
} from "../../data/common-requests";
import type { Policy, Value } from "../../language/policy";
import { isLiteral } from "../../language/policy";
import { isOfType, someOfType } from "./typed-resources";

/** The service in the ARNs of a service's resources, where it differs. */
const IN_ARNS: ReadonlyMap<string, string> = new Map([["sts", "iam"]]);

/** More resources than this are not tried for one action. */
const MOST_RESOURCES = 60;

/**
 * Realistic resources for an action: first those in the policies, then common ones. All are of a
 * resource type of the action; of an action that the catalogue does not have, they are of its
 * service.
 */
export function exampleResources(
  action: string,
  policies: readonly Policy[],
  catalogue?: ActionCatalogue,
): readonly string[] {
  const [service = ""] = action.split(":");
  const types = catalogue?.detailsOf(action)?.resources;
  if (types?.length === 0 || WITHOUT_RESOURCE.has(action)) return ["*"];
  const named = policies
    .flatMap(({ statements }) => statements.flatMap(({ resources }) => resources?.values ?? []))
    .flatMap((value) => completionsOf(value));
  if (types !== undefined) return ofTypes(types, named);
  const common = COMMON_RESOURCES.get(service) ?? [];
  const inArns = IN_ARNS.get(service) ?? service;
  const fitting = [...new Set([...named, ...common])].filter(
    (resource) => resource.split(":")[2] === inArns && fits(action, resource),
  );
  return [...fitting.slice(0, MOST_RESOURCES), ...(COMMON_RESOURCES.has(service) ? [] : ["*"])];
}

/** First those in the policies, then common ones, then one of each type. */
function ofTypes(types: readonly string[], named: readonly string[]): readonly string[] {
  const common = [...COMMON_RESOURCES.values()].flat();
  const isFitting = (resource: string): boolean => types.some((type) => isOfType(resource, type));
  const known = named.filter(isFitting).slice(0, MOST_RESOURCES);
  return [...new Set([...known, ...common.filter(isFitting), ...types.map(someOfType)])];
}

/** The ARN of an S3 object has a slash, that of a bucket has none. */
function fits(action: string, resource: string): boolean {
  const [service = "", name = ""] = action.toLowerCase().split(":");
  if (service !== "s3") return true;
  return name.includes("object") === resource.includes("/");
}

const IN_THE_MIDDLE = "some";

/** One or two texts that a pattern matches; none if the pattern leaves the service open. */
function completionsOf(value: Value): readonly string[] {
  const { text, pieces } = value;
  if (isLiteral(value)) return text.startsWith("arn:") ? [text] : [];
  const whole = pieces
    .map((piece, at) => {
      if (piece.kind === "literal") return piece.text;
      if (piece.kind === "variable") return "";
      if (piece.kind === "any-one") return "1";
      return at === pieces.length - 1 ? "*" : "**";
    })
    .join("");
  const parts = whole.split(":");
  if (parts.length < 6 || parts[2]?.includes("*") === true) return [];
  const filled = parts.map((part, at) => {
    if (at === 1) return part.replaceAll("**", "aws");
    if (at === 3) return part.replaceAll("**", EXAMPLE_REGION);
    return part.replaceAll("**", at === 4 ? EXAMPLE_ACCOUNT : IN_THE_MIDDLE);
  });
  const start = filled.join(":");
  if (!start.endsWith("*")) return [start];
  const before = start.slice(0, -1);
  return endsAfter(before, parts[2] === "s3").map((end) => `${before}${end}`);
}

/** Readable texts for a star at the end. */
function endsAfter(before: string, isS3: boolean): readonly string[] {
  const last = before.at(-1);
  if (last === ":") return isS3 ? ["some-bucket/index.html", "some-bucket"] : ["some-name"];
  if (last === "/") return isS3 ? ["index.html", "some/index.html"] : ["some-name"];
  const another = last === "-" ? "other" : "-other";
  return isS3 ? ["/index.html", `${another}/index.html`, another, ""] : [another, ""];
}
