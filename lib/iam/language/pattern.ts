import { UUID_LENGTH } from "../../token/subject";

/**
 * Stands for any user id and for nothing longer or shorter: what follows it sits at a fixed offset
 * and is compared to the letter.
 */
export const ANY_USER = "????????-????-????-????-????????????";

if (ANY_USER.length !== UUID_LENGTH) throw new Error("a wildcard for a user must be as long as a user's id");

/**
 * Text as a condition value that matches exactly this text, under StringEquals and StringLike
 * alike. `${`, `*` and `?` mean something in policies of Version 2012-10-17 (IAM User Guide,
 * "Policy variables: where you can use…"); a branch may well be called `${aws:username}`.
 */
export function policyLiteral(text: string): string {
  return text.replace(/\$(?=\{)|[*?]/g, (special) => `\${${special}}`);
}
