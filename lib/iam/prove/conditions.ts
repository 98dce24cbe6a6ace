import { ProjectError } from "../../errors";
import { and, FALSE, type Formula, not, or, TRUE } from "../automata/formula";
import { anyOne, anyRun, compilePatterns, isWholeText, type PatternPart } from "../automata/patterns";
import type { Condition, OperatorBase, Piece, Value } from "../language/policy";
import { readKey } from "./provider";
import type { TokenSpace } from "./space";

/** The code of what ends a proof because the policy asks something that has no exact answer here; callers answer `unknown`. */
export const NOT_EXACT = "proof-not-exact";

const TEXT_OPERATORS: ReadonlySet<OperatorBase> = new Set([
  "StringEquals",
  "StringEqualsIgnoreCase",
  "StringLike",
]);

/**
 * What a condition says of a token, as a formula of the space's atoms. A missing key: positive operators and ForAnyValue fail,
 * negated ones, `…IfExists` and ForAllValues pass (IAM User Guide, "Condition operators" and "Multivalued context keys").
 *
 * @throws ProjectError `proof-not-exact`
 */
export function readCondition(condition: Condition, space: TokenSpace): Formula {
  const meaning = readKey(condition.key, space.provider);
  if (condition.operator.base === "Null")
    return readNull(condition, presenceOf(meaning, condition.key, space));
  if (meaning === "never-set") return ofMissingKey(condition) ? TRUE : FALSE;
  if (meaning === "open") return space.facts.conditionHolds(condition);
  const positions = textsOf(condition, space);
  const isPresent = presenceOf(meaning, condition.key, space);
  if (meaning === "audience") {
    const some = space.audience.someIn(positions);
    return combine(condition, isPresent, some, space.audience.everyIn(positions));
  }
  const isIn = meaning === "subject" ? space.subject.someIn(positions) : space.projectIn(positions);
  return combine(condition, isPresent, isIn, isIn);
}

function presenceOf(meaning: ReturnType<typeof readKey>, key: string, space: TokenSpace): Formula {
  switch (meaning) {
    case "subject":
      return space.subject.isPresent;
    case "audience":
      return space.audience.isPresent;
    case "project":
      return space.hasProject;
    case "never-set":
      return FALSE;
    case "open":
      return space.facts.isPresent(key);
  }
}

/** `Null: true` asks that the key is missing, `false` that it is there; both values in a list ask nothing. */
function readNull({ values }: Condition, isPresent: Formula): Formula {
  return or(
    ...values.map((value) => {
      const text = literalOf(value).toLowerCase();
      if (text !== "true" && text !== "false")
        throw notExact(value.path, `Null knows true and false, not "${text}"`);
      return text === "true" ? not(isPresent) : isPresent;
    }),
  );
}

function ofMissingKey({ operator: { negated, ifExists, qualifier } }: Condition): boolean {
  if (qualifier === "ForAllValues") return true;
  return qualifier === "ForAnyValue" ? ifExists : negated || ifExists;
}

/** @param some one of the key's texts is wanted by the values; `every`: all are. Both are false where the key is missing. */
function combine(condition: Condition, isPresent: Formula, some: Formula, every: Formula): Formula {
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

/** The texts that at least one of the values matches. */
function textsOf({ operator, values, key }: Condition, space: TokenSpace): number {
  if (!TEXT_OPERATORS.has(operator.base)) {
    throw notExact(values[0]?.path ?? key, `${operator.name} on "${key}" compares something else than text`);
  }
  const ignoreCase = operator.base === "StringEqualsIgnoreCase";
  return compilePatterns(space.automaton.graph, values.map(partsOf), { ignoreCase });
}

/** What a value matches. @throws ProjectError `proof-not-exact` for a policy variable */
export function partsOf({ path, pieces }: Value): readonly PatternPart[] {
  return pieces.map((piece) => partOf(piece, path));
}

function partOf(piece: Piece, path: string): PatternPart {
  switch (piece.kind) {
    case "any-one":
      return anyOne;
    case "any-run":
      return anyRun;
    case "variable":
      throw notExact(
        path,
        `the policy variable \${${piece.key}} stands for something that only a request knows`,
      );
    case "literal":
      if (!isWholeText(piece.text)) throw notExact(path, "the value holds half of a character");
      return piece.text;
  }
}

function literalOf(value: Value): string {
  return partsOf(value)
    .map((part) => (typeof part === "string" ? part : "*"))
    .join("");
}

function notExact(path: string, message: string): ProjectError {
  return new ProjectError({ code: NOT_EXACT, message: `${message} (${path})`, found: path });
}
