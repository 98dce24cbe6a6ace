import { evaluateExpression } from "../../../../lib/circleci/filter-expression";
import { notRun } from "../not-run";
import { type Scope, substitute } from "./references";

/**
 * Whether a condition of a workflow or of a step holds: a logic statement, or an expression of
 * `pipeline.git.branch` and `pipeline.git.tag` (CircleCI docs, "Logic statements" and "Expressions
 * in your configuration").
 * @param place for errors
 * @throws ProjectError `config-not-run` for a statement that is not known
 */
export function holds(condition: unknown, scope: Scope, place: string): boolean {
  if (typeof condition === "string" && !condition.includes("<<") && /\bpipeline\./.test(condition))
    return expressionHolds(condition, scope, place);
  if (Array.isArray(condition)) throw unknownCondition(condition, place);
  if (typeof condition !== "object" || condition === null) return isTrue(substitute(condition, scope, place));
  const entries: readonly (readonly [string, unknown])[] = Object.entries(condition);
  const [[word, operand] = ["", undefined]] = entries;
  if (entries.length !== 1) throw unknownCondition(condition, place);
  const list = (): readonly unknown[] => {
    if (Array.isArray(operand)) return operand;
    throw unknownCondition(condition, place);
  };
  switch (word) {
    case "and":
      return list().every((one) => holds(one, scope, place));
    case "or":
      return list().some((one) => holds(one, scope, place));
    case "not":
      return !holds(operand, scope, place);
    case "equal": {
      const [first, ...others] = list().map((one) => JSON.stringify(substitute(one, scope, place)));
      return others.every((one) => one === first);
    }
    case "matches":
      return matches(operand, scope, place);
    default:
      throw unknownCondition(condition, place);
  }
}

/** False, 0, the empty text and null are false, and every other value is true. */
function isTrue(value: unknown): boolean {
  return !(value === false || value === null || value === 0 || value === "");
}

function matches(operand: unknown, scope: Scope, place: string): boolean {
  const found = substitute(operand, scope, place);
  if (typeof found === "object" && found !== null && "pattern" in found && "value" in found) {
    const { pattern, value } = found;
    if (typeof pattern === "string" && typeof value === "string")
      return new RegExp(`^(?:${pattern})$`, "u").test(value);
  }
  throw unknownCondition({ matches: operand }, place);
}

function expressionHolds(expression: string, scope: Scope, place: string): boolean {
  const [branch, tag] = [scope.get("pipeline.git.branch"), scope.get("pipeline.git.tag")].map(String);
  const isTag = tag !== undefined && tag !== "";
  const name = (isTag ? tag : branch) ?? "";
  const truth = evaluateExpression(expression, {
    of: isTag ? "tags" : "branches",
    pattern: { kind: "exact", name },
  });
  if (truth === "unknown") throw unknownCondition(expression, place);
  return truth;
}

function unknownCondition(condition: unknown, place: string): Error {
  return notRun(
    `the condition ${JSON.stringify(condition)} of ${place} is not one that the runner evaluates`,
  );
}
