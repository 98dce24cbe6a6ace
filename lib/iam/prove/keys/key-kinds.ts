import { groupBy } from "../../../collections/group-by";
import type { Condition, OperatorBase, Piece } from "../../language/policy";
import { isLiteral } from "../../language/policy";
import { ARN_PARTS, splitArn } from "../../language/split-arn";
import { documentedType, isDocumentedList, type KeyType, SECONDS_KEY } from "./known-keys";

/** What a condition key is to a comparison. */
export interface KeyKind {
  /** As one of the policies writes it. */
  readonly name: string;
  /** What its values are compared as. */
  readonly type: KeyType;
  /** Whether it may hold several values. */
  readonly isList: boolean;
  /**
   * Whether it may hold a value that is not of its type: a tag may hold anything, though a policy
   * compares it with numbers.
   */
  readonly mayBeOther: boolean;
  /** Whether texts are all that the policies ask of it. */
  readonly isText: boolean;
  /** Texts that the policies compare it with: as they stand, then with wildcards filled in. */
  readonly texts: readonly string[];
}

/**
 * The keys that conditions ask for, by their names in lower case. A key of a service is of the type
 * that the operators compare, and holds several values where a condition compares it as a set:
 * "Multivalued context keys require a condition set operator" (IAM User Guide, "Single-valued vs.
 * multivalued context keys").
 */
export function kindsOfKeys(conditions: readonly Condition[]): ReadonlyMap<string, KeyKind> {
  const byName = groupBy(conditions, ({ key }) => key.toLowerCase());
  return new Map([...byName].map(([name, ofKey]) => [name, kindOf(name, ofKey)]));
}

function kindOf(name: string, all: readonly Condition[]): KeyKind {
  const conditions = all.filter(({ operator }) => operator.base !== "Null");
  const values = conditions.flatMap((one) => one.values);
  const texts = [...values.filter(isLiteral), ...values].map(({ pieces }) => pieces.map(exampleOf).join(""));
  const documented = documentedType(name);
  const asked = new Set(conditions.map((one) => typeAsked(one, name)));
  const type = comparedAs(documented, asked, name);
  return {
    name: all[0]?.key ?? name,
    type,
    isList: isDocumentedList(name) ?? conditions.some(({ operator }) => operator.qualifier !== "none"),
    mayBeOther: isOrdered(type) && type !== documented && (documented !== undefined || asked.size > 1),
    isText: conditions.every((one) => comparesText(one, name)),
    texts: [...new Set(texts)],
  };
}

/**
 * Numbers, dates and addresses are compared by their places on a line; all else is compared as
 * text.
 */
export function isOrdered(type: KeyType): type is "number" | "date" | "address" {
  return type === "number" || type === "date" || type === "address";
}

/** Numeric operators on a key that counts seconds ask for dates. */
function typeAsked({ operator: { base } }: Condition, name: string): KeyType {
  const type = typeOf(base);
  return name === SECONDS_KEY && type === "number" ? "date" : type;
}

/**
 * As what a key is compared. Truth values and ARNs are sets of texts, so one key can be asked about
 * these and texts together. Where it is asked about two types that do not go together, one of them
 * stands for what it is, and what the other asks stays undecided.
 */
function comparedAs(documented: KeyType | undefined, asked: ReadonlySet<KeyType>, name: string): KeyType {
  if (asked.size === 0) return documented ?? "text";
  const onLine = [...asked].filter(isOrdered);
  const [line] = onLine;
  if (line !== undefined) {
    if (documented !== undefined && isOrdered(documented)) return asked.has(documented) ? documented : "text";
    if (documented === "boolean" || documented === "arn" || onLine.length < asked.size) return "text";
    return line;
  }
  if (asked.has("arn") && (documented === "arn" || (documented === undefined && isArnOnly(asked, name))))
    return "arn";
  return asked.has("boolean") && (documented ?? (asked.size === 1 ? "boolean" : "text")) === "boolean"
    ? "boolean"
    : "text";
}

function isArnOnly(asked: ReadonlySet<KeyType>, name: string): boolean {
  return asked.size === 1 || (name.endsWith("arn") && !asked.has("boolean"));
}

/** The type of values that an operator compares. */
export function typeOf(base: OperatorBase): KeyType {
  if (base.startsWith("Numeric")) return "number";
  if (base.startsWith("Date")) return "date";
  if (base.startsWith("Arn")) return "arn";
  if (base === "IpAddress") return "address";
  return base === "Bool" ? "boolean" : "text";
}

/**
 * ARN operators compare text, part by part, where the key holds an ARN (its name ends in `Arn`) and
 * the pattern is one.
 */
function comparesText(condition: Condition, name: string): boolean {
  const type = typeOf(condition.operator.base);
  if (type !== "arn") return type === "text" && condition.operator.base !== "BinaryEquals";
  return name.endsWith("arn") && arePatternsOfArns(condition);
}

/** Whether each value has all parts of an ARN: what fewer parts match, the guide does not say. */
export function arePatternsOfArns({ values }: Condition): boolean {
  return values.every((one) => one.text === "*" || splitArn(one).length === ARN_PARTS);
}

function exampleOf(piece: Piece): string {
  if (piece.kind === "literal") return piece.text;
  return piece.kind === "any-one" ? "x" : "other";
}
