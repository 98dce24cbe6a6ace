import type { Rule } from "./rule";

export const maxKeyLength = 64;
export const keyPattern = `^[A-Za-z][A-Za-z0-9_-]{0,${maxKeyLength - 1}}$`;
export const memberPattern = "^[A-Za-z0-9][A-Za-z0-9._@+-]*$";

const key = new RegExp(keyPattern);
const member = new RegExp(memberPattern);

/**
 * Keys of accounts, projects and roles become stack names, Terraform ids and role names, so they
 * are never rewritten, only refused.
 */
export function keyRule(kind: string): Rule {
  return (text) =>
    key.test(text)
      ? undefined
      : {
          code: "bad-name",
          message: `the name of the ${kind} cannot be part of a Terraform id`,
          found: text,
          allowed: `a letter, then letters, digits, _ and -; at most ${maxKeyLength} characters`,
          fix: `rename the ${kind}`,
        };
}

/**
 * Names of people and groups. `everyone` is the word for whoever can start a pipeline and can name
 * nobody.
 */
export function memberRule(kind: "person" | "group"): Rule {
  return (text) => {
    if (text === "everyone") {
      return {
        code: "reserved-name",
        message: `\`everyone\` cannot be the name of a ${kind}: it means whoever can start a pipeline`,
        found: text,
        allowed: "any other name",
        fix: `rename the ${kind}`,
      };
    }
    if (member.test(text)) return undefined;
    return {
      code: "bad-name",
      message: `this cannot be the name of a ${kind}`,
      found: text,
      allowed: "a letter or digit, then letters, digits and . _ @ + -",
      fix: `rename the ${kind}`,
    };
  };
}

export const accountIdPattern = "^[0-9]{12}$";
const accountIdForm = new RegExp(accountIdPattern);

/** AWS account ids are 12 digits, leading zeros included. */
export const accountIdRule: Rule = (text) =>
  accountIdForm.test(text)
    ? undefined
    : {
        code: "malformed-account-id",
        message: "this is not an AWS account id",
        found: text,
        allowed: "12 digits in quotes",
        fix: /^\d{4}-\d{4}-\d{4}$/.test(text)
          ? `write "${text.replaceAll("-", "")}"`
          : "copy it from the AWS console's account menu, or from `aws sts get-caller-identity`",
      };

/** `everyone` stands alone or not at all: in a list it would make the other names meaningless. */
export const everyoneInListRule: Rule = (text) =>
  text === "everyone"
    ? {
        code: "everyone-in-list",
        message: "`everyone` cannot be one of several",
        found: text,
        allowed: "names",
        fix: "write `people: everyone`, without a list, or name the people",
      }
    : undefined;
