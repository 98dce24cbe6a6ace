import type { Rule } from "./rule";

const maxKeyLength = 64;
export const keyPattern = `^[A-Za-z][A-Za-z0-9_-]{0,${maxKeyLength - 1}}$`;
export const memberPattern = "^[A-Za-z0-9][A-Za-z0-9._@+-]*$";

const key = new RegExp(keyPattern);
const member = new RegExp(memberPattern);

/**
 * Keys of accounts, projects and roles become stack names, Terraform addresses and role names. They
 * are never rewritten: an invalid key is an error.
 */
export function keyRule(kind: string): Rule {
  return (text) =>
    key.test(text)
      ? undefined
      : {
          code: "bad-name",
          message: `the name of the ${kind} cannot be part of a Terraform address`,
          found: text,
          allowed: `a letter, then letters, digits, _ and -; at most ${maxKeyLength} characters`,
          fix: `rename the ${kind}`,
        };
}

/** Names of people and groups. `everyone` is reserved. */
export function memberRule(kind: "person" | "group"): Rule {
  return (text) => {
    if (text === "everyone") {
      return {
        code: "reserved-name",
        message: `\`everyone\` is reserved: it means everyone who can start a pipeline of the project`,
        found: text,
        allowed: "any other name",
        fix: `rename the ${kind}`,
      };
    }
    if (member.test(text)) return undefined;
    return {
      code: "bad-name",
      message: `this is not a valid name of a ${kind}`,
      found: text,
      allowed: "a letter or digit, then letters, digits and . _ @ + -",
      fix: `rename the ${kind}`,
    };
  };
}

export const accountIdPattern = "^[0-9]{12}$";
const accountIdForm = new RegExp(accountIdPattern);

/** AWS account IDs have 12 digits, including leading zeros. */
export const accountIdRule: Rule = (text) =>
  accountIdForm.test(text)
    ? undefined
    : {
        code: "malformed-account-id",
        message: "this is not an AWS account ID",
        found: text,
        allowed: "12 digits in quotes",
        fix: /^\d{4}-\d{4}-\d{4}$/.test(text)
          ? `write "${text.replaceAll("-", "")}"`
          : "copy it from the AWS console's account menu, or from `aws sts get-caller-identity`",
      };

/** `everyone` is not an element of a list: it would make the other names meaningless. */
export const everyoneInListRule: Rule = (text) =>
  text === "everyone"
    ? {
        code: "everyone-in-list",
        message: "`everyone` cannot be an element of a list",
        found: text,
        allowed: "names",
        fix: "write `people: everyone` without a list, or name the people",
      }
    : undefined;
