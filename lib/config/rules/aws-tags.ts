import type { Violation } from "../yaml/problem";
import type { Rule } from "./rule";

/** Keys of the tags that this project puts on everything it creates. */
export const DEFAULT_TAG_KEYS = ["managed-by", "managed-from", "terraform-state"] as const;
export type DefaultTagKey = (typeof DEFAULT_TAG_KEYS)[number];

/**
 * Source: IAM quotas, "Tags that can be attached to an IAM role"; tags on other resources have the
 * same limit.
 */
export const maxTags = 50;
/** What is left of it beside the provider's default tags. */
export const maxOwnTags = maxTags - DEFAULT_TAG_KEYS.length;

export const tagKeyPattern = "^(?![aA][wW][sS]:)[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}$";
export const tagValuePattern = "^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}$";

const allowedCharacters = "letters, digits, spaces and _ . : / = + - @";
const characters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const reserved: ReadonlySet<string> = new Set(DEFAULT_TAG_KEYS);

/**
 * Source: IAM User Guide, "Tags for IAM resources"; lengths in Unicode characters. Also for what
 * does not carry the project's default tags.
 */
export const anyTagKeyRule: Rule = (text) => {
  const violation = { found: text, allowed: `1-128 ${allowedCharacters}` };
  const length = [...text].length;
  if (length === 0 || length > 128) {
    return {
      ...violation,
      code: "malformed-tag",
      message: `the tag's key has ${length} characters`,
      fix: "choose another key",
    };
  }
  if (!characters.test(text)) {
    return {
      ...violation,
      code: "malformed-tag",
      message: "AWS refuses a character in the tag's key",
      fix: "remove it",
    };
  }
  if (text.toLowerCase().startsWith("aws:")) {
    return {
      ...violation,
      code: "reserved-tag",
      message: "keys that begin with aws: belong to AWS",
      fix: "choose another key",
    };
  }
  return undefined;
};

/** The same beside the project's default tags. */
export const tagKeyRule: Rule = (text) => {
  const violation = { found: text, allowed: `1-128 ${allowedCharacters}` };
  if (reserved.has(text.toLowerCase())) {
    const message =
      "this project sets the tag itself, on everything, and IAM does not tell keys apart by case";
    return {
      ...violation,
      code: "reserved-tag",
      message,
      fix: `remove it (ours are ${DEFAULT_TAG_KEYS.join(", ")})`,
    };
  }
  return anyTagKeyRule(text);
};

export const tagValueRule: Rule = (text) => {
  const violation = { code: "malformed-tag" as const, found: text, allowed: `0-256 ${allowedCharacters}` };
  const length = [...text].length;
  if (length > 256)
    return { ...violation, message: `the tag's value has ${length} characters`, fix: "shorten it" };
  if (!characters.test(text))
    return { ...violation, message: "AWS refuses a character in the tag's value", fix: "remove it" };
  return undefined;
};

/** Complains if a role has more tags than AWS allows beside our own. */
export function tooManyTags(count: number): Violation | undefined {
  if (count <= maxOwnTags) return undefined;
  return {
    code: "too-many-tags",
    message: `AWS allows ${maxTags} tags, of which this project needs ${DEFAULT_TAG_KEYS.length} (${DEFAULT_TAG_KEYS.join(", ")})`,
    found: `${count} tags`,
    allowed: `at most ${maxOwnTags}`,
    fix: `remove ${count - maxOwnTags} of them`,
  };
}
