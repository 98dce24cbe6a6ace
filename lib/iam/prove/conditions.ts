import { FALSE, type Formula, TRUE } from "../automata/formula";
import { compilePatterns } from "../automata/patterns";
import type { Condition } from "../language/policy";
import { combine, comparedValues, ofMissingKey, readNull, TEXT_OPERATORS } from "./key-condition";
import { readKey } from "./provider";
import type { TokenSpace } from "./space";
import { notExact, partsOf } from "./value-parts";

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

/** The texts that at least one of the values matches. */
function textsOf(condition: Condition, space: TokenSpace): number {
  const { operator, values, key } = condition;
  if (!TEXT_OPERATORS.has(operator.base)) {
    throw notExact(values[0]?.path ?? key, `${operator.name} on "${key}" compares something else than text`);
  }
  const ignoreCase = operator.base === "StringEqualsIgnoreCase";
  return compilePatterns(space.automaton.graph, comparedValues(condition).map(partsOf), { ignoreCase });
}
