import type { Rule } from "./rule";

/**
 * A path below the folder of access.yaml, written with `/`, that ends in `.json`. No part begins
 * with a dot.
 */
export const documentFilePattern =
  "^(?:[A-Za-z0-9_+=,@-][A-Za-z0-9_+=,.@-]*/)*[A-Za-z0-9_+=,@-][A-Za-z0-9_+=,.@-]*\\.json$";
const documentFile = new RegExp(documentFilePattern);

/**
 * The file of a policy. Only files below the folder of access.yaml are read, so that a review of
 * the repository shows every change. The characters are those of IAM names, so that a file can have
 * the name of its role.
 */
export const documentFileRule: Rule = (text) =>
  documentFile.test(text)
    ? undefined
    : {
        code: "malformed-document-file",
        message: "this is not the path of a policy file in the project",
        found: text,
        allowed:
          "a path below the folder of access.yaml that ends in .json, such as adopted/deploy/trust.json",
        fix: "move the file into the project, and write the path without ./ and ../",
      };

/** Name of an inline policy. Source: IAM API Reference, PutRolePolicy, PolicyName. */
export const inlinePolicyNamePattern = "^[A-Za-z0-9_+=,.@-]{1,128}$";
const inlinePolicyName = new RegExp(inlinePolicyNamePattern);

export const inlinePolicyNameRule: Rule = (text) =>
  inlinePolicyName.test(text)
    ? undefined
    : {
        code: "malformed-policy-name",
        message: "IAM does not allow this inline policy name",
        found: text,
        allowed: "1-128 letters, digits and _ + = , . @ -",
        fix: "choose another name",
      };
