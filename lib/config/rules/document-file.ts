import type { Rule } from "./rule";

/**
 * A path below the folder of access.yaml, written with `/`, that ends in `.json`. No part begins
 * with a dot.
 */
export const documentFilePattern =
  "^(?:[A-Za-z0-9_+=,@-][A-Za-z0-9_+=,.@-]*/)*[A-Za-z0-9_+=,@-][A-Za-z0-9_+=,.@-]*\\.json$";
const documentFile = new RegExp(documentFilePattern);

/**
 * Where the text of a policy stands. Only within the project's own folder: what a review does not
 * show is not read. The characters are those that names in IAM have, so a file can be called as its
 * role is.
 */
export const documentFileRule: Rule = (text) =>
  documentFile.test(text)
    ? undefined
    : {
        code: "malformed-document-file",
        message: "this does not name a policy's file in the project",
        found: text,
        allowed:
          "a path below the folder of access.yaml that ends in .json, such as adopted/deploy/trust.json",
        fix: "move the file into the project, and name it without ./ or ../",
      };

/** Name of an inline policy. Source: IAM API Reference, PutRolePolicy, PolicyName. */
export const inlinePolicyNamePattern = "^[A-Za-z0-9_+=,.@-]{1,128}$";
const inlinePolicyName = new RegExp(inlinePolicyNamePattern);

export const inlinePolicyNameRule: Rule = (text) =>
  inlinePolicyName.test(text)
    ? undefined
    : {
        code: "malformed-policy-name",
        message: "IAM refuses this name of an inline policy",
        found: text,
        allowed: "1-128 letters, digits and _ + = , . @ -",
        fix: "choose another name",
      };
