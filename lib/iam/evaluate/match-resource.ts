import { isIncompleteArn } from "../language/complete-arn";
import type { Patterns } from "../language/policy";
import type { RequestKeys } from "./request";
import { notTruth, someTruth, type Truth } from "./truth";
import { compileText, type ValuePattern } from "./value-pattern";

/** Actions are compared without regard to case ("IAM JSON policy elements: Action"). */
export function compileActions({ values, negated }: Patterns): (action: string, keys: RequestKeys) => Truth {
  const patterns = values.map((value) => compileText(value, { ignoreCase: true }));
  const written = new Set(values.map(({ text }) => text));
  return (action, keys) => {
    // A text matches itself, and most policies write actions as requests name them.
    if (written.has(action)) return !negated;
    return unless(
      negated,
      someTruth(patterns, (pattern) => pattern.matches(action, keys)),
    );
  };
}

/**
 * Resources are compared with regard to case, and wildcards match every character, including `/`
 * and `:` ("IAM JSON policy elements: Resource"). What an incomplete ARN matches is documented for
 * identity-based policies only (`withCompleteArns`); elsewhere it is unknown.
 */
export function compileResources({
  values,
  negated,
}: Patterns): (resource: string, keys: RequestKeys) => Truth {
  const patterns = values.map((value): Pick<ValuePattern, "matches"> => {
    if (isIncompleteArn(value)) return { matches: () => "unknown" };
    return compileText(value, { ignoreCase: false });
  });
  return (resource, keys) =>
    unless(
      negated,
      someTruth(patterns, (pattern) => pattern.matches(resource, keys)),
    );
}

function unless(negated: boolean, matches: Truth): Truth {
  return negated ? notTruth(matches) : matches;
}
