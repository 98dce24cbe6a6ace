import type { Complaint } from "../yaml/problem";

/** Says what is wrong with a text, or nothing. Pure. */
export type Rule = (text: string) => Complaint | undefined;

/** The first complaint of several rules: later rules may rely on what earlier ones demand. */
export function firstOf(...rules: readonly Rule[]): Rule {
  return (text) => {
    for (const rule of rules) {
      const complaint = rule(text);
      if (complaint !== undefined) return complaint;
    }
    return undefined;
  };
}
