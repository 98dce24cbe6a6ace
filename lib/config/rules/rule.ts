import type { Violation } from "../yaml/problem";

/** Says what is wrong with a text, or nothing. Pure. */
export type Rule = (text: string) => Violation | undefined;

/** The first violation of several rules: later rules may rely on what earlier ones demand. */
export function firstOf(...rules: readonly Rule[]): Rule {
  return (text) => {
    for (const rule of rules) {
      const violation = rule(text);
      if (violation !== undefined) return violation;
    }
    return undefined;
  };
}
