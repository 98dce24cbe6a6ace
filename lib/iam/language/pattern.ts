import { UUID_LENGTH } from "../../token/subject";

/**
 * Matches a user id of any value and exactly this length, so the text after it has a fixed offset
 * and is compared exactly.
 */
export const ANY_USER = "????????-????-????-????-????????????";

if (ANY_USER.length !== UUID_LENGTH) throw new Error("a wildcard for a user must be as long as a user's id");

/**
 * Text as a condition value that matches exactly this text, under StringEquals and StringLike
 * alike. `${`, `*` and `?` have a meaning in policies of version 2012-10-17 (IAM User Guide,
 * "Policy variables: where you can use…"); a branch can have the name `${aws:username}`.
 */
export function policyLiteral(text: string): string {
  return text.replace(/\$(?=\{)|[*?]/g, (special) => `\${${special}}`);
}
