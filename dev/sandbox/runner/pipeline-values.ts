import { coverageOf } from "../../../lib/circleci/filter-coverage";
import type { RefPattern } from "../../../lib/config/model/model";
import { ProjectError } from "../../../lib/errors";
import { notRun } from "./not-run";

/** Pipeline values of a filter. The one that does not apply is empty. */
export interface PipelineValues {
  readonly branch: string;
  readonly tag: string;
}

/**
 * Evaluates the filters of a job, a map or an expression. Without filters a job runs on branches and
 * not on tags (CircleCI docs, "Branch and tag filtering").
 * @throws ProjectError `filter-not-understood` for an expression with other values, or a pattern
 * that JavaScript cannot read
 */
export function runsOn(filters: unknown, { branch, tag }: PipelineValues): boolean {
  const exactly = (name: string): readonly RefPattern[] => (name === "" ? [] : [{ kind: "exact", name }]);
  const refs = { kind: "listed", branches: tag === "" ? exactly(branch) : [], tags: exactly(tag) } as const;
  const { kind } = coverageOf(filters, refs);
  if (kind !== "undetermined") return kind === "all";
  throw new ProjectError({
    code: "filter-not-understood",
    message: `the runner cannot evaluate this filter: ${JSON.stringify(filters)}`,
    found: JSON.stringify(filters),
    fix: "compare pipeline.git.branch or pipeline.git.tag, or write maps of branches and tags",
  });
}

export type ParameterValue = string | number | boolean | undefined;

/** A pipeline parameter, and whether it has to be true or false. */
export interface Condition {
  readonly parameter: string;
  readonly value: boolean;
  readonly byDefault: ParameterValue;
}

const PARAMETER = /^<<\s*pipeline\.parameters\.([A-Za-z0-9_-]+)\s*>>$/;

/**
 * A workflow's `when` or `unless`, if it is one pipeline parameter.
 * @param declared parameters of the config, with their defaults
 * @throws ProjectError `config-not-run`
 */
export function readCondition(
  condition: unknown,
  value: boolean,
  declared: ReadonlyMap<string, ParameterValue>,
): Condition {
  const [, parameter] = (typeof condition === "string" && PARAMETER.exec(condition)) || [];
  if (parameter === undefined || !declared.has(parameter))
    throw notRun(`the condition ${JSON.stringify(condition)} of a workflow is not a pipeline parameter`);
  return { parameter, value, byDefault: declared.get(parameter) };
}

/** @param given parameters of the pipeline; others have their defaults */
export function conditionHolds(
  { parameter, value, byDefault }: Condition,
  given: Readonly<Record<string, ParameterValue>>,
): boolean {
  const found = parameter in given ? given[parameter] : byDefault;
  // False, 0 and the empty text are false (CircleCI docs, "Logic statements").
  return Boolean(found) === value;
}
