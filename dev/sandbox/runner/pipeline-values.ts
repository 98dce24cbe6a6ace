import { coverageOf } from "../../../lib/circleci/filter-coverage";
import type { RefPattern } from "../../../lib/config/model/model";
import { ProjectError } from "../../../lib/errors";
import { bindParameters, type Parameter } from "./expand/parameters";
import type { Scope } from "./expand/references";

/** Pipeline values of a filter. The one that does not apply is empty. */
interface PipelineValues {
  readonly branch: string;
  readonly tag: string;
}

/**
 * Evaluates the filters of a job, a map or an expression. Without filters a job runs on branches
 * and not on tags (CircleCI docs, "Branch and tag filtering").
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

/** What the values of a pipeline depend on. */
export interface PipelineSource extends PipelineValues {
  readonly revision: string;
  readonly number: number;
  /** URL of the repository. */
  readonly repository: string;
  /** Pipeline parameters. Others have their defaults. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/**
 * The values that a configuration may refer to, those of a pipeline that a push starts (CircleCI
 * docs, "Pipeline values and parameters").
 * @throws ProjectError `config-not-run` for a parameter that the config does not declare
 */
export function pipelineScope(
  { branch, tag, revision, number, repository, parameters }: PipelineSource,
  declared: Readonly<Record<string, Parameter>>,
): Scope {
  return new Map<string, unknown>([
    ["pipeline.number", number],
    ["pipeline.git.branch", branch],
    ["pipeline.git.tag", tag],
    ["pipeline.git.revision", revision],
    ["pipeline.project.git_url", repository],
    ["pipeline.project.type", "github"],
    ["pipeline.trigger_source", "webhook"],
    ...bindParameters(declared, parameters, "the pipeline", "pipeline.parameters"),
  ]);
}
