import type { Violation } from "../yaml/problem";
import type { Rule } from "./rule";

/** Keys of the tags that this project puts on everything it creates. */
export const DEFAULT_TAG_KEYS = ["managed-by", "managed-from", "terraform-state"] as const;
export type DefaultTagKey = (typeof DEFAULT_TAG_KEYS)[number];

/** IAM quota "Tags that can be attached to an IAM role"; other resources have the same limit. */
const maxTags = 50;
/** Tags that a role can have in addition to the default tags. */
const maxOwnTags = maxTags - DEFAULT_TAG_KEYS.length;

export const tagKeyPattern = "^(?![aA][wW][sS]:)[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}$";
export const tagValuePattern = "^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}$";

const allowedCharacters = "letters, digits, spaces and _ . : / = + - @";
const characters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const reserved: ReadonlySet<string> = new Set(DEFAULT_TAG_KEYS);

/**
 * The key of a tag on a resource without the project's default tags. Source: IAM User Guide, "Tags
 * for IAM resources"; lengths are in Unicode characters.
 */
export const anyTagKeyRule: Rule = (text) => {
  const violation = { found: text, allowed: `1-128 ${allowedCharacters}` };
  const length = [...text].length;
  if (length === 0 || length > 128) {
    return {
      ...violation,
      code: "malformed-tag",
      message: `the tag key has ${length} characters`,
      fix: "choose another key",
    };
  }
  if (!characters.test(text)) {
    return {
      ...violation,
      code: "malformed-tag",
      message: "the tag key has a character that AWS does not allow",
      fix: "remove the character",
    };
  }
  if (text.toLowerCase().startsWith("aws:")) {
    return {
      ...violation,
      code: "reserved-tag",
      message: "tag keys that begin with aws: are reserved by AWS",
      fix: "choose another key",
    };
  }
  return undefined;
};

/** The key of a tag on a resource with the project's default tags. */
export const tagKeyRule: Rule = (text) => {
  const violation = { found: text, allowed: `1-128 ${allowedCharacters}` };
  if (reserved.has(text.toLowerCase())) {
    const message =
      "this project sets a tag of this key on every resource; IAM does not distinguish tag keys by case";
    return {
      ...violation,
      code: "reserved-tag",
      message,
      fix: `remove it; the project sets ${DEFAULT_TAG_KEYS.join(", ")}`,
    };
  }
  return anyTagKeyRule(text);
};

export const tagValueRule: Rule = (text) => {
  const violation = { code: "malformed-tag" as const, found: text, allowed: `0-256 ${allowedCharacters}` };
  const length = [...text].length;
  if (length > 256)
    return { ...violation, message: `the tag value has ${length} characters`, fix: "shorten it" };
  if (!characters.test(text))
    return {
      ...violation,
      message: "the tag value has a character that AWS does not allow",
      fix: "remove it",
    };
  return undefined;
};

/** Reports a role with more tags than AWS allows in addition to the default tags. */
export function tooManyTags(count: number): Violation | undefined {
  if (count <= maxOwnTags) return undefined;
  return {
    code: "too-many-tags",
    message: `AWS allows ${maxTags} tags, and this project sets ${DEFAULT_TAG_KEYS.length} of them (${DEFAULT_TAG_KEYS.join(", ")})`,
    found: `${count} tags`,
    allowed: `at most ${maxOwnTags}`,
    fix: `remove ${count - maxOwnTags} of them`,
  };
}
