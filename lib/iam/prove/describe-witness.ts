import type { Fact } from "./facts";
import type { Witness } from "./witness";

/**
 * A witness on one line: its claims as JSON, then what must be so besides. The provider is told by
 * `iss`.
 */
export function describeWitness({ claims, facts }: Witness): string {
  const conditions = facts.length === 0 ? "" : ` (${describeFacts(facts)})`;
  return `${JSON.stringify(claims)}${conditions}`;
}

/**
 * What must be so of a request, in words that follow it, such as
 * `for requests from outside 10.0.0.0/8 and without MFA, such as aws:SourceIp = 203.0.113.7, if arn:aws:iam::aws:policy/ReadOnlyAccess: allows it`.
 */
export function describeFacts(facts: readonly Fact[]): string {
  const ofKeys = facts.filter(({ values }) => values !== undefined);
  const examples = ofKeys.flatMap((fact) => exampleOf(fact) ?? []);
  const others = facts.filter(({ values }) => values === undefined).map(describeFact);
  return [
    ...(ofKeys.length === 0 ? [] : [`for requests ${ofKeys.map(({ saying }) => saying).join(" and ")}`]),
    ...(examples.length === 0 ? [] : [`such as ${examples.join(" and ")}`]),
    ...(others.length === 0 ? [] : [`if ${others.join(", and ")}`]),
  ].join(", ");
}

/**
 * A fact by itself, such as `from outside 10.0.0.0/8 (aws:SourceIp = 203.0.113.7)`, or
 * `not arn:…: allows it`.
 */
export function describeFact(fact: Fact): string {
  const { key, saying, holds, values } = fact;
  if (values === undefined) return `${holds ? "" : "not "}${key}: ${saying}`;
  const example = exampleOf(fact);
  return example === undefined ? saying : `${saying} (${example})`;
}

/** The values to try it with. Undefined: the words say them. */
function exampleOf({ key, saying, values }: Fact): string | undefined {
  if (values === undefined || values === "absent") return undefined;
  const written = values.map((text) => (text === "" ? '""' : text)).join(" and ");
  const isSaid =
    saying.endsWith(` = ${written}`) || (/^(?:true|false)$/.test(written) && !saying.includes(key));
  return isSaid ? undefined : `${key} = ${written}`;
}
