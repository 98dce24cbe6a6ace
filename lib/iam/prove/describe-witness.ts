import type { Fact } from "./facts";
import type { Witness } from "./witness";

/** A witness on one line: its claims as JSON, then what must be so besides. The provider is told by `iss`. */
export function describeWitness({ claims, facts }: Witness): string {
  const conditions = facts.length === 0 ? "" : ` (if ${facts.map(describeFact).join(", and ")})`;
  return `${JSON.stringify(claims)}${conditions}`;
}

/** A fact in words, such as `not aws:SourceVpc: StringEquals vpc-1`. */
export function describeFact({ key, saying, holds }: Fact): string {
  return `${holds ? "" : "not "}${key}: ${saying}`;
}
