/**
 * A policy as it is read: every element checked, every value split into what it means. The
 * evaluator and the prover work on this and on nothing else, so they cannot read a policy
 * differently (IAM User Guide, "Grammar of the IAM JSON policy language").
 */
export interface Policy {
  /**
   * Without a `Version` element AWS reads a policy as 2008-10-17 ("JSON policy elements: Version").
   */
  readonly version: PolicyVersion;
  readonly id?: string;
  /** In the order of the document; at least one. */
  readonly statements: readonly Statement[];
}

export type PolicyVersion = "2008-10-17" | "2012-10-17";

export interface Statement {
  /** From 0, in the order of the document. */
  readonly index: number;
  /** `Statement[1]`, or `Statement` where the document has one object and no list. */
  readonly path: JsonPath;
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  /** Undefined: no principal, as in identity-based policies. */
  readonly principals?: Principals;
  readonly actions: Patterns;
  /** Undefined: the statement has no Resource, as in trust policies. */
  readonly resources?: Patterns;
  /** All of them must hold; none: the statement always applies. */
  readonly conditions: readonly Condition[];
}

/**
 * The place of something in the document, such as
 * `Statement[1].Condition.StringEquals["aws:SourceVpc"][0]`.
 */
export type JsonPath = string;

/** `Principal` or `NotPrincipal`. */
export interface Principals {
  readonly path: JsonPath;
  /** True: `NotPrincipal`, every principal except these. */
  readonly negated: boolean;
  /** Empty: no principal, as without the element. Never empty where negated. */
  readonly members: readonly PrincipalMember[];
}

/**
 * The word `*` under no type is written as type `Everyone`; under `AWS` it means the same (IAM User
 * Guide, "Principal", all principals).
 */
export interface PrincipalMember {
  readonly path: JsonPath;
  readonly type: PrincipalType | "Everyone";
  /** As written: an ARN, an account's 12 digits, a domain name, a canonical user id, `*`. */
  readonly text: string;
}

export type PrincipalType = "AWS" | "Federated" | "Service" | "CanonicalUser";

/** `Action`, `NotAction`, `Resource` or `NotResource`. */
export interface Patterns {
  readonly path: JsonPath;
  /** True: `NotAction` or `NotResource`, everything but these. */
  readonly negated: boolean;
  /** Not empty. */
  readonly values: readonly Value[];
}

/**
 * One key under one operator. The condition holds if any of its values does, or, under a negated
 * operator, if none matches.
 */
export interface Condition {
  readonly path: JsonPath;
  readonly operator: Operator;
  /** As written; names of keys are compared without regard to case. */
  readonly key: string;
  /** Not empty. */
  readonly values: readonly Value[];
}

export interface Operator {
  /** As written, such as `ForAnyValue:StringNotLikeIfExists`. */
  readonly name: string;
  /** What is compared, without qualifier, negation and `IfExists`: `StringLike`. */
  readonly base: OperatorBase;
  /** True for `…Not…` and `NotIpAddress`. */
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly qualifier: "none" | "ForAllValues" | "ForAnyValue";
}

export type OperatorBase =
  | "StringEquals"
  | "StringEqualsIgnoreCase"
  | "StringLike"
  | "NumericEquals"
  | "NumericLessThan"
  | "NumericLessThanEquals"
  | "NumericGreaterThan"
  | "NumericGreaterThanEquals"
  | "DateEquals"
  | "DateLessThan"
  | "DateLessThanEquals"
  | "DateGreaterThan"
  | "DateGreaterThanEquals"
  | "Bool"
  | "BinaryEquals"
  | "IpAddress"
  | "ArnEquals"
  | "ArnLike"
  | "Null";

/**
 * Operators whose values are texts, patterns or networks: neither ordered nor of a few fixed
 * values.
 */
export const PATTERN_OPERATORS: ReadonlySet<OperatorBase> = new Set([
  "StringEquals",
  "StringEqualsIgnoreCase",
  "StringLike",
  "ArnEquals",
  "ArnLike",
  "IpAddress",
]);

export interface Value {
  readonly path: JsonPath;
  /** As written. Numbers and booleans as JSON writes them. */
  readonly text: string;
  /**
   * What the text means under its operator and the policy's version: `*` is a wildcard under
   * `StringLike` and a character under `StringEquals`. Literals in a row are one piece; no text, no
   * pieces.
   */
  readonly pieces: readonly Piece[];
}

/** Characters are Unicode code points: a `?` takes a whole one. */
export type Piece =
  | { readonly kind: "literal"; readonly text: string }
  /** `?`: any one character. */
  | { readonly kind: "any-one" }
  /** `*`: any characters, none too. */
  | { readonly kind: "any-run" }
  /** `${key}` or `${key, 'default'}`: the value of the key in the request, never a pattern. */
  | { readonly kind: "variable"; readonly key: string; readonly default?: string };

/** Whether a value means one text: it has neither a wildcard nor a variable. */
export function isLiteral({ pieces }: Pick<Value, "pieces">): boolean {
  return pieces.every(({ kind }) => kind === "literal");
}
