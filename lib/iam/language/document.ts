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
 * Compact JSON: the form that is sent to AWS and that quotas count. IAM rejects characters above
 * U+00FF in a request (IAM API Reference, `policyDocumentType`), such as those of a branch named
 * 中文, and accepts their JSON escapes.
 */
export function printPolicy(document: PolicyDocument): string {
  return JSON.stringify(document).replace(
    /[\u0100-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * IAM counts characters without white space outside strings ("IAM and AWS STS quotas").
 * Compact JSON has none.
 */
export function policySize(document: PolicyDocument): number {
  return printPolicy(document).length;
}

/**
 * The size of a policy's text. In text that is not JSON, which is reported elsewhere,
 * every character counts.
 */
export function textSize(text: string): number {
  return withoutLayout(text).length;
}

/** JSON without white space between its parts; a text that is not JSON as it is. */
export function withoutLayout(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

/** A single value without a list, several values as a list, as in policies written by hand. */
export function oneOrMany<T>(values: readonly T[]): T | readonly T[] {
  const [only, ...others] = values;
  return only !== undefined && others.length === 0 ? only : values;
}
