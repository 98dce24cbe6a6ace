import type { Violation } from "../yaml/problem";

/** The violation in a text; undefined if it is valid. */
export type Rule = (text: string) => Violation | undefined;
