import { isTreeMap } from "../config/yaml/yaml-tree";
import { everyTruth, notTruth, someTruth, type Truth } from "../iam/evaluate/truth";
import { coverageOf } from "./filter-coverage";
import { type AskedRefs, evaluateExpression } from "./filter-expression";

/** What decides a workflow's condition for a push. */
export interface Condition {
  readonly refs: AskedRefs;
  /** Pipeline parameters with their defaults, which a push has and a continuation may change. */
  readonly defaults: ReadonlyMap<string, unknown>;
}

interface ConditionTruth {
  /** For a push, with the defaults of all parameters. */
  readonly truth: Truth;
  /** False whatever the values are that are not known, and whatever parameters are given. */
  readonly isNeverTrue: boolean;
  /** Names of the values that are not known, or only by their default; sorted. */
  readonly dependsOn: readonly string[];
}

/** A value of a push: known, the name of its branch or tag, or not known. */
type Value =
  | { readonly kind: "known"; readonly value: unknown }
  | { readonly kind: "ref" }
  | { readonly kind: "unknown" };

/**
 * Whether a workflow's condition holds for a push to these refs: a logic statement or an expression
 * (CircleCI docs, "Logic statements", "Pipeline values and parameters").
 */
export function decideCondition(statement: unknown, condition: Condition): ConditionTruth {
  const dependsOn = new Set<string>();
  const truth = decide(statement, condition, dependsOn);
  const withoutDefaults = { ...condition, defaults: new Map<string, unknown>() };
  const isNeverTrue = decide(statement, withoutDefaults, new Set()) === false;
  return { truth, isNeverTrue, dependsOn: [...dependsOn].sort() };
}

function decide(statement: unknown, condition: Condition, dependsOn: Set<string>): Truth {
  if (typeof statement === "string" && !statement.includes("<<") && /\bpipeline\./.test(statement)) {
    const truth = evaluateExpression(statement, condition.refs);
    if (truth === "unknown")
      for (const [, name = ""] of statement.matchAll(/\b(pipeline\.[\w.-]+)/g))
        if (!/^pipeline\.git\.(branch|tag)$/.test(name)) dependsOn.add(name);
    return truth;
  }
  if (!isTreeMap(statement)) return isTrue(valueIn(statement, condition, dependsOn));
  const [[word, operand] = ["", undefined], ...others] = Object.entries(statement);
  const each = (): readonly Truth[] =>
    Array.isArray(operand) ? operand.map((one: unknown) => decide(one, condition, dependsOn)) : ["unknown"];
  if (others.length > 0) return "unknown";
  if (word === "and") return everyTruth(each(), (one) => one);
  if (word === "or") return someTruth(each(), (one) => one);
  if (word === "not") return notTruth(decide(operand, condition, dependsOn));
  if (word === "equal" && Array.isArray(operand))
    return equal(
      operand.map((one: unknown) => valueIn(one, condition, dependsOn)),
      condition,
    );
  if (word === "matches" && isTreeMap(operand)) return matches(operand, condition, dependsOn);
  return "unknown";
}

/** Values that every pipeline of a push has. */
const OF_A_PUSH: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["trigger_source", "webhook"],
  ["schedule.name", ""],
  ["schedule.id", ""],
]);

function valueIn(written: unknown, { refs, defaults }: Condition, dependsOn: Set<string>): Value {
  if (typeof written !== "string" || !written.includes("<<")) return { kind: "known", value: written };
  const [, name] = /^<<\s*pipeline\.([\w.-]+)\s*>>$/.exec(written.trim()) ?? [];
  if (name === "git.branch" || name === "git.tag") {
    const applies = (name === "git.branch") === (refs.of === "branches");
    return applies ? { kind: "ref" } : { kind: "known", value: "" };
  }
  if (name !== undefined && OF_A_PUSH.has(name)) return { kind: "known", value: OF_A_PUSH.get(name) };
  dependsOn.add(name === undefined ? written : `pipeline.${name}`);
  const [, parameter] = /^parameters\.(.+)$/.exec(name ?? "") ?? [];
  const byDefault = parameter === undefined ? undefined : defaults.get(parameter);
  return byDefault === undefined ? { kind: "unknown" } : { kind: "known", value: byDefault };
}

/** False, 0, the empty text and null are false, and every other value is true. */
function isTrue(value: Value): Truth {
  if (value.kind === "unknown") return "unknown";
  // Every ref has a name.
  if (value.kind === "ref") return true;
  return !(value.value === false || value.value === null || value.value === 0 || value.value === "");
}

function equal(values: readonly Value[], { refs: { pattern } }: Condition): Truth {
  const known = values.flatMap((one) => (one.kind === "known" ? [one.value] : []));
  const [first] = known;
  if (known.some((one) => JSON.stringify(one) !== JSON.stringify(first))) return false;
  if (values.some(({ kind }) => kind === "unknown")) return "unknown";
  if (known.length === values.length || known.length === 0) return true;
  if (typeof first !== "string") return false;
  if (pattern.kind === "exact") return pattern.name === first;
  return first !== "" && first.startsWith(pattern.prefix) ? "unknown" : false;
}

/** A pattern in which beginning and end are written means the same as one of a filter. */
function matches(
  { pattern, value }: Readonly<Record<string, unknown>>,
  condition: Condition,
  dependsOn: Set<string>,
): Truth {
  const found = valueIn(value, condition, dependsOn);
  if (typeof pattern !== "string" || !/^\^.*\$$/s.test(pattern)) return "unknown";
  if (found.kind === "ref") {
    const asked = { kind: "listed", branches: [condition.refs.pattern], tags: [] } as const;
    const { kind } = coverageOf({ branches: { only: `/${pattern}/` } }, asked);
    return kind === "all" ? true : kind === "not" ? false : "unknown";
  }
  if (found.kind === "unknown" || typeof found.value !== "string") return "unknown";
  try {
    return new RegExp(pattern, "u").test(found.value);
  } catch {
    return "unknown";
  }
}
