import { lineOfTextPattern } from "./pipeline";
import type { Rule } from "./rule";

export const reasonPattern = lineOfTextPattern;

const line = new RegExp(reasonPattern);

/** Why an entry exists, for the people who read the file. */
export const reasonRule: Rule = (text) =>
  line.test(text)
    ? undefined
    : {
        code: "not-allowed",
        message: "a reason must be one line of text",
        found: text,
        allowed: "text without line breaks and control characters",
        fix: "write one line, such as INC-123",
      };
