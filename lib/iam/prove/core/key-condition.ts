import { and, FALSE, type Formula, not, or, TRUE } from "../../automata/formula";
import type { Condition, OperatorBase } from "../../language/policy";
import { literalOf, notExact } from "./value-parts";

/**
 * The operators that compare a text with texts and patterns: what they ask is a regular language.
 */
export const TEXT_OPERATORS: ReadonlySet<OperatorBase> = new Set([
  "StringEquals",
  "StringEqualsIgnoreCase",
  "StringLike",
]);

/**
 * `Null: true` asks that the key is missing, `false` that it is there; both values in a list ask
 * nothing.
 */
export function readNull({ values }: Condition, isPresent: Formula): Formula {
  return or(
    ...values.map((value) => {
      const text = literalOf(value).toLowerCase();
      if (text !== "true" && text !== "false")
        throw notExact(value.path, `Null requires true or false, not "${text}"`);
      return text === "true" ? not(isPresent) : isPresent;
    }),
  );
}

/** Whether the condition holds where its key is missing. */
export function ofMissingKey({ operator: { negated, ifExists, qualifier } }: Condition): boolean {
  if (qualifier === "ForAllValues") return true;
  return qualifier === "ForAnyValue" ? ifExists : negated || ifExists;
}

/** What the values of a condition say of its key. All of it is false where the key is missing. */
export interface KeyAnswers {
  readonly isPresent: Formula;
  /** One of the key's values is wanted. */
  readonly some: Formula;
  /** All are. */
  readonly every: Formula;
  /** All are the empty text. */
  readonly isEmpty: Formula;
  /** All are of the type that the operator compares. Default: they are. */
  readonly isReadable?: Formula;
  /** Whether the condition holds where they are not. */
  readonly otherwise?: Formula;
}

/**
 * What a condition says, by what its values say of its key. ForAllValues holds for "a null dataset,
 * such as an empty string" (IAM User Guide, "Set operators for multivalued context keys").
 */
export function combine(condition: Condition, answers: KeyAnswers): Formula {
  const { isPresent, isEmpty, isReadable = TRUE, otherwise = FALSE } = answers;
  const holds = or(and(isReadable, ofReadable(condition, answers)), and(not(isReadable), otherwise));
  const whilePresent = condition.operator.qualifier === "ForAllValues" ? or(isEmpty, holds) : holds;
  return ofMissingKey(condition) ? or(not(isPresent), whilePresent) : and(isPresent, whilePresent);
}

function ofReadable({ operator: { negated, qualifier } }: Condition, { some, every }: KeyAnswers): Formula {
  if (qualifier === "ForAllValues") return negated ? not(some) : every;
  if (qualifier === "ForAnyValue") return negated ? not(every) : some;
  return negated ? not(some) : some;
}
