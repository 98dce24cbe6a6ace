import type { Fact } from "./facts";
import type { Witness } from "./witness";

/** A witness on one line: its claims as JSON, then what must be so besides. The provider is told by `iss`. */
export function describeWitness({ claims, facts }: Witness): string {
  const conditions = facts.length === 0 ? "" : ` (${describeFacts(facts)})`;
  return `${JSON.stringify(claims)}${conditions}`;
}

/**
 * What must be so of a request, in words that follow it, such as `for requests from outside 10.0.0.0/8 and without MFA, if
 * arn:aws:iam::aws:policy/ReadOnlyAccess: allows it`.
 */
export function describeFacts(facts: readonly Fact[]): string {
  const ofKeys = facts.filter(({ values }) => values !== undefined).map(({ saying }) => saying);
  const others = facts.filter(({ values }) => values === undefined).map(describeFact);
  return [
    ...(ofKeys.length === 0 ? [] : [`for requests ${ofKeys.join(" and ")}`]),
    ...(others.length === 0 ? [] : [`if ${others.join(", and ")}`]),
  ].join(", ");
}

/** A fact by itself, such as `from outside 10.0.0.0/8 (aws:SourceIp = 203.0.113.7)`, or `not arn:…: allows it`. */
export function describeFact({ key, saying, holds, values }: Fact): string {
  if (values === undefined) return `${holds ? "" : "not "}${key}: ${saying}`;
  if (values === "absent") return saying;
  const value = `${key} = ${values.join(" and ")}`;
  return saying.endsWith(value) ? saying : `${saying} (${value})`;
}
