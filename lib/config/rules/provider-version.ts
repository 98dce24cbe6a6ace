import type { Rule } from "./rule";

/**
 * The AWS provider that a project has unless access.yaml says otherwise: the one that tests run.
 */
export const DEFAULT_AWS_PROVIDER = "5.100.0";

/**
 * First version of the AWS provider that has every argument written here, and the first without.
 */
const LEAST = [5, 100, 0] as const;
const FIRST_UNKNOWN_MAJOR = 7;

type Version = readonly [major: number, minor: number, patch: number];

/** From `least` on, to before `below`. */
interface Range {
  readonly least: Version;
  readonly below: Version;
}

const versionText = "(0|[1-9][0-9]{0,4})(\\.(0|[1-9][0-9]{0,4})){0,2}";
const termText = `(=|!=|>=|<=|>|<|~>)? *${versionText}`;
/** Of a version or a version constraint without pre-releases. */
export const providerVersionPattern = `^${termText}( *, *${termText})*$`;

const form = new RegExp(providerVersionPattern);
const term = /^(=|!=|>=|<=|>|<|~>)? *([0-9.]+)$/;

/**
 * A version of the AWS provider, or Terraform's version constraint
 * (https://developer.hashicorp.com/terraform/language/expressions/version-constraints), that allows
 * none below 5.100.0 and none from 7.0.0 on.
 */
export const providerVersionRule: Rule = (text) => {
  const allowed = 'a version, such as "5.100.0", or a range within ">= 5.100.0, < 7.0.0"';
  if (!form.test(text))
    return {
      code: "malformed-provider-version",
      message: "this is not a version of the AWS provider",
      found: text,
      allowed,
      fix: 'write three numbers in quotes, such as "5.100.0", or a constraint, such as "~> 6.25"',
    };
  const { least, below } = rangeOf(text);
  if (compareVersions(least, below) >= 0)
    return {
      code: "provider-version-empty",
      message: "no version of the AWS provider fits this constraint",
      found: text,
      allowed,
      fix: "remove the parts that contradict each other",
    };
  if (compareVersions(least, LEAST) >= 0 && compareVersions(below, [FIRST_UNKNOWN_MAJOR, 0, 0]) <= 0)
    return undefined;
  return {
    code: "provider-version-range",
    message: "this allows versions of the AWS provider that this project does not know",
    found: text,
    allowed,
    fix: 'name a lower and an upper bound, such as "~> 6.25" or ">= 5.100.0, < 7.0.0"',
  };
};

/** Whether a version such as `6.25.0` fits a valid constraint. */
export function fitsVersion(version: string, constraint: string): boolean {
  const { least, below } = rangeOf(constraint);
  const own = versionOf(version);
  const excluded = termsOf(constraint).some(({ operator, at }) => operator === "!=" && equals(at, own));
  return !excluded && compareVersions(own, least) >= 0 && compareVersions(own, below) < 0;
}

/** The version of a constraint that allows exactly one; undefined: it allows several. */
export function exactVersion(constraint: string): string | undefined {
  const [only, ...others] = termsOf(constraint);
  if (only === undefined || others.length > 0 || !["", "="].includes(only.operator)) return undefined;
  return only.at.join(".");
}

/** Negative, zero or positive, as `left` is before, equal to or after `right`. */
export function compareVersions(left: Version, right: Version): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

/** The numbers of a version; missing ones are 0. */
export function versionOf(text: string): Version {
  const [major = 0, minor = 0, patch = 0] = text.split(".").map(Number);
  return [major, minor, patch];
}

function termsOf(constraint: string) {
  return constraint.split(",").map((one) => {
    const [, operator = "", version = ""] = term.exec(one.trim()) ?? [];
    return { operator, version, at: versionOf(version) };
  });
}

function rangeOf(constraint: string): Range {
  let least: Version = [0, 0, 0];
  let below: Version = [Number.POSITIVE_INFINITY, 0, 0];
  for (const { operator, version, at } of termsOf(constraint)) {
    const one = rangeOfTerm(operator, version, at);
    if (compareVersions(one.least, least) > 0) least = one.least;
    if (compareVersions(one.below, below) < 0) below = one.below;
  }
  return { least, below };
}

function rangeOfTerm(operator: string, version: string, at: Version): Range {
  const after: Version = [at[0], at[1], at[2] + 1];
  const first: Version = [0, 0, 0];
  const last: Version = [Number.POSITIVE_INFINITY, 0, 0];
  switch (operator) {
    case ">=":
      return { least: at, below: last };
    case ">":
      return { least: after, below: last };
    case "<":
      return { least: first, below: at };
    case "<=":
      return { least: first, below: after };
    case "!=":
      return { least: first, below: last };
    case "~>":
      // The rightmost part that is written may grow; `~> 6` allows every later major version.
      if (version.split(".").length === 1) return { least: at, below: last };
      return {
        least: at,
        below: version.split(".").length === 2 ? [at[0] + 1, 0, 0] : [at[0], at[1] + 1, 0],
      };
    default:
      return { least: at, below: after };
  }
}

function equals(left: Version, right: Version): boolean {
  return compareVersions(left, right) === 0;
}
