/** A policy as it is written to AWS: the part of the language that this project writes. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, string>>;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/**
 * Compact JSON: the form that is sent to AWS and that quotas count. IAM takes no character beyond
 * U+00FF in a request (IAM API Reference, `policyDocumentType`), but JSON's escapes for it: a
 * branch may be called 中文.
 */
export function printPolicy(document: PolicyDocument): string {
  return JSON.stringify(document).replace(
    /[\u0100-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * IAM counts characters, and white space outside strings not at all ("IAM and AWS STS quotas").
 * Compact JSON has none.
 */
export function policySize(document: PolicyDocument): number {
  return printPolicy(document).length;
}

/**
 * The size of a policy's text. Of text that is not JSON, which is reported elsewhere, every
 * character counts.
 */
export function textSize(text: string): number {
  try {
    return JSON.stringify(JSON.parse(text)).length;
  } catch {
    return text.length;
  }
}

/** One value stands alone, several stand in a list, as people write policies by hand. */
export function oneOrMany<T>(values: readonly T[]): T | readonly T[] {
  const [only, ...others] = values;
  return only !== undefined && others.length === 0 ? only : values;
}
