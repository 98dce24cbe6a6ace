import type { Rule } from "./rule";

export const uuidPattern = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";

const lowerCase = new RegExp(uuidPattern);
const anyCase = new RegExp(uuidPattern, "i");

/**
 * A CircleCI ID: 36 characters in lower case, because trust policies compare subjects with regard
 * to case.
 * @param whose the ID in words, for the message
 * @param where the place where users find it
 */
export function uuidRule(whose: string, where: string): Rule {
  return (text) => {
    if (lowerCase.test(text)) return undefined;
    const violation = { found: text, allowed: "a UUID in lower case: 8-4-4-4-12 digits and letters a-f" };
    if (anyCase.test(text)) {
      const code = "uuid-not-lower-case";
      return {
        ...violation,
        code,
        message: `${whose} has capital letters, and IAM compares with regard to case`,
        fix: `write ${text.toLowerCase()}`,
      };
    }
    return {
      ...violation,
      code: "malformed-uuid",
      message: `${whose} is not a UUID`,
      fix: `copy it from ${where}`,
    };
  };
}
