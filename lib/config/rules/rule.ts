import type { Violation } from "../yaml/problem";

/** The violation in a text; undefined if it is valid. */
export type Rule = (text: string) => Violation | undefined;

/** The first violation of several rules; a later rule may assume that earlier ones hold. */
export function firstOf(...rules: readonly Rule[]): Rule {
  return (text) => {
    for (const rule of rules) {
      const violation = rule(text);
      if (violation !== undefined) return violation;
    }
    return undefined;
  };
}
