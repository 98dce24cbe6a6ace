import { groupBy } from "../../../access/group-by";
import { isLiteral } from "../../language/is-literal";
import type { Condition, Piece, Policy } from "../../language/policy";
import { ARN_PARTS, splitArn } from "../../language/split-arn";
import { TEXT_OPERATORS } from "../key-condition";

/** What a condition key is to a comparison. */
export interface KeyKind {
  /** As one of the policies writes it. */
  readonly name: string;
  /**
   * `text`: absent or one text. `list`: absent, or several texts. `facts`: it is asked for more than its text, such as an address or
   * a time, and each question is a fact of its own.
   */
  readonly kind: "text" | "list" | "facts";
  /** Whether its texts are ARNs. */
  readonly isArn: boolean;
  /** Texts that the policies compare it with: as they stand, then with wildcards filled in. */
  readonly texts: readonly string[];
}

/** The global keys that hold several values (IAM User Guide, "AWS global condition context keys"); all others of `aws:` hold one. */
const GLOBAL_LISTS: ReadonlySet<string> = new Set([
  "aws:calledvia",
  "aws:principalorgpaths",
  "aws:principalservicenameslist",
  "aws:resourceorgpaths",
  "aws:sourceorgpaths",
  "aws:tagkeys",
  "aws:vpceorgpaths",
]);

/**
 * The keys that the policies ask for, by their names in lower case. A key of a service holds several values where a condition compares
 * it as a set: "Multivalued context keys require a condition set operator" (IAM User Guide, "Single-valued vs. multivalued context
 * keys"). ARN operators compare text, part by part, where the key holds an ARN (its name ends in `Arn`) and the pattern is one.
 */
export function kindsOfKeys(policies: readonly Policy[]): ReadonlyMap<string, KeyKind> {
  const conditions = policies.flatMap(({ statements }) => statements.flatMap((one) => one.conditions));
  const byName = groupBy(conditions, ({ key }) => key.toLowerCase());
  return new Map([...byName].map(([name, ofKey]) => [name, kindOf(name, ofKey)]));
}

function kindOf(name: string, conditions: readonly Condition[]): KeyKind {
  const values = conditions.flatMap((one) => (one.operator.base === "Null" ? [] : one.values));
  const texts = [...values.filter(isLiteral), ...values].map(({ pieces }) => pieces.map(exampleOf).join(""));
  return {
    name: conditions[0]?.key ?? name,
    kind: conditions.every((one) => comparesText(one, name)) ? valuesOf(name, conditions) : "facts",
    isArn: name.endsWith("arn") && conditions.some(isArnOperator),
    texts: [...new Set(texts)],
  };
}

function comparesText(condition: Condition, name: string): boolean {
  const { base } = condition.operator;
  if (!isArnOperator(condition)) return base === "Null" || TEXT_OPERATORS.has(base);
  return (
    name.endsWith("arn") &&
    condition.values.every((one) => one.text === "*" || splitArn(one).length === ARN_PARTS)
  );
}

function isArnOperator({ operator: { base } }: Condition): boolean {
  return base === "ArnLike" || base === "ArnEquals";
}

function valuesOf(name: string, conditions: readonly Condition[]): "text" | "list" {
  if (name.startsWith("aws:")) return GLOBAL_LISTS.has(name) ? "list" : "text";
  return conditions.some(({ operator }) => operator.qualifier !== "none") ? "list" : "text";
}

function exampleOf(piece: Piece): string {
  if (piece.kind === "literal") return piece.text;
  return piece.kind === "any-one" ? "x" : "other";
}
