import { ProjectError } from "../../../lib/errors";

/** Pipeline values of a filter. The one that does not apply is empty. */
export interface PipelineValues {
  readonly branch: string;
  readonly tag: string;
}

const COMPARISON = /\s*pipeline\.git\.(branch|tag)\s+(==|!=|starts-with)\s+"([^"]*)"\s*/y;
const OR = /or(?=\s)/y;

/**
 * Evaluates a filter expression of the form that `pipeline` writes: comparisons joined by `or`. A
 * job without a filter runs on branches and not on tags (CircleCI docs, "Branch and tag
 * filtering").
 * @throws ProjectError `filter-not-understood` for any other expression
 */
export function runsOn(filter: unknown, values: PipelineValues): boolean {
  if (filter === undefined) return values.branch !== "";
  if (typeof filter !== "string") throw notUnderstood(filter);
  let holds = false;
  let at = 0;
  for (;;) {
    COMPARISON.lastIndex = at;
    const [whole, name, operator, wanted = ""] = COMPARISON.exec(filter) ?? [];
    if (whole === undefined) throw notUnderstood(filter);
    const found = name === "tag" ? values.tag : values.branch;
    // An empty value does not start with anything and equals nothing.
    const is = operator === "starts-with" ? found !== "" && found.startsWith(wanted) : found === wanted;
    if (operator === "!=" ? !is : is) holds = true;
    at += whole.length;
    if (at === filter.length) return holds;
    OR.lastIndex = at;
    if (!OR.test(filter)) throw notUnderstood(filter);
    at = OR.lastIndex;
  }
}

function notUnderstood(filter: unknown): ProjectError {
  return new ProjectError({
    code: "filter-not-understood",
    message: `the runner cannot evaluate this filter: ${JSON.stringify(filter)}`,
    found: JSON.stringify(filter),
    fix: 'compare pipeline.git.branch or pipeline.git.tag, and join the comparisons with "or"',
  });
}
