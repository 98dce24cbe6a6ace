import { FALSE, type Formula, TRUE } from "../../automata/formula";
import { compilePatterns } from "../../automata/patterns";
import type { Condition } from "../../language/policy";
import { combine, ofMissingKey, readNull, TEXT_OPERATORS } from "../core/key-condition";
import { notExact, partsOf } from "../core/value-parts";
import { type KeyMeaning, readKey } from "./provider";
import type { TokenSpace } from "./space";

/**
 * What a condition says of a token, as a formula of the space's atoms. A missing key: positive
 * operators and ForAnyValue fail, negated ones, `…IfExists` and ForAllValues pass (IAM User Guide,
 * "Condition operators" and "Multivalued context keys").
 *
 * @throws ProjectError `proof-not-exact`
 */
export function readCondition(condition: Condition, space: TokenSpace): Formula {
  const meaning = readKey(condition.key, space.provider);
  if (meaning === "open") return space.keys.read(condition);
  const isPresent = presenceOf(meaning, space);
  if (condition.operator.base === "Null") return readNull(condition, isPresent);
  if (meaning === "never-set") return ofMissingKey(condition) ? TRUE : FALSE;
  const positions = textsOf(condition, space);
  const { end } = space.automaton.graph;
  switch (meaning) {
    case "audience": {
      const { audience } = space;
      const [some, every] = [audience.someIn(positions), audience.everyIn(positions)];
      return combine(condition, { isPresent, some, every, isEmpty: audience.everyIn(end) });
    }
    case "subject": {
      const isIn = space.subject.someIn(positions);
      return combine(condition, { isPresent, some: isIn, every: isIn, isEmpty: space.subject.someIn(end) });
    }
    case "project": {
      const isIn = space.projectIn(positions);
      return combine(condition, { isPresent, some: isIn, every: isIn, isEmpty: space.projectIn(end) });
    }
  }
}

function presenceOf(meaning: Exclude<KeyMeaning, "open">, space: TokenSpace): Formula {
  switch (meaning) {
    case "subject":
      return space.subject.isPresent;
    case "audience":
      return space.audience.isPresent;
    case "project":
      return space.hasProject;
    case "never-set":
      return FALSE;
  }
}

/** The texts that at least one of the values matches. */
function textsOf(condition: Condition, space: TokenSpace): number {
  const { operator, values, key } = condition;
  if (!TEXT_OPERATORS.has(operator.base)) {
    throw notExact(values[0]?.path ?? key, `${operator.name} on "${key}" does not compare text`);
  }
  const ignoreCase = operator.base === "StringEqualsIgnoreCase";
  return compilePatterns(space.automaton.graph, values.map(partsOf), { ignoreCase });
}
