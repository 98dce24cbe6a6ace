import { and, type Formula, not, or } from "../automata/formula";
import type { Condition, OperatorBase, Value } from "../language/policy";
import { literalOf, notExact } from "./value-parts";

/** The operators that compare a text with texts and patterns: what they ask is a regular language. */
export const TEXT_OPERATORS: ReadonlySet<OperatorBase> = new Set([
  "StringEquals",
  "StringEqualsIgnoreCase",
  "StringLike",
]);

/** `Null: true` asks that the key is missing, `false` that it is there; both values in a list ask nothing. */
export function readNull({ values }: Condition, isPresent: Formula): Formula {
  return or(
    ...values.map((value) => {
      const text = literalOf(value).toLowerCase();
      if (text !== "true" && text !== "false")
        throw notExact(value.path, `Null knows true and false, not "${text}"`);
      return text === "true" ? not(isPresent) : isPresent;
    }),
  );
}

/** Whether the condition holds where its key is missing. */
export function ofMissingKey({ operator: { negated, ifExists, qualifier } }: Condition): boolean {
  if (qualifier === "ForAllValues") return true;
  return qualifier === "ForAnyValue" ? ifExists : negated || ifExists;
}

/**
 * The values that a key's texts are compared with. ForAllValues passes where the key "resolves to a null dataset, such as an empty
 * string" (IAM User Guide, "Multivalued context keys"): the empty text is wanted whatever the values say, and unwanted by none.
 */
export function comparedValues({ operator, values, path }: Condition): readonly Value[] {
  if (operator.qualifier !== "ForAllValues") return values;
  if (!operator.negated) return [...values, { path, text: "", pieces: [] }];
  return values.flatMap((value) => {
    if (value.pieces.length === 0) return [];
    const isRun = value.pieces.every(({ kind }) => kind === "any-run");
    return [isRun ? { ...value, pieces: [{ kind: "any-one" } as const, ...value.pieces] } : value];
  });
}

/**
 * What a condition says, by what its values say of the texts of its key.
 * @param some one of the key's texts is wanted by the values; `every`: all are. Both are false where the key is missing.
 */
export function combine(condition: Condition, isPresent: Formula, some: Formula, every: Formula): Formula {
  const { negated, qualifier } = condition.operator;
  const whilePresent =
    qualifier === "ForAllValues"
      ? negated
        ? not(some)
        : every
      : qualifier === "ForAnyValue" && negated
        ? not(every)
        : negated
          ? not(some)
          : some;
  return ofMissingKey(condition) ? or(not(isPresent), whilePresent) : and(isPresent, whilePresent);
}
