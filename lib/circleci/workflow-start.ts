import type { Document } from "yaml";
import type { GrantedRefs, Project, Role } from "../config/model/model";
import { patternText } from "../config/model/ref-pattern";
import { isTreeMap } from "../config/yaml/yaml-tree";
import { ProjectError } from "../errors";
import type { AskedRefs } from "./filter-expression";
import { workflowOf } from "./our-items";
import { plainOf } from "./read-config";
import { type Condition, decideCondition } from "./workflow-condition";
import { conditionOf } from "./write-config";

/** Whether a push to a ref starts a workflow; `parameter`: a pipeline parameter decides. */
type Start =
  | { readonly kind: "always" }
  | { readonly kind: "never" | "undetermined"; readonly because: string };

/**
 * Makes sure that the workflow with the project's jobs is one that pushes start, for every role and
 * on all of its refs. A workflow with a schedule runs by that alone, and a condition can exclude
 * pushes (CircleCI docs, "Schedule pipelines with multiple workflows", `triggers`; "Configuration
 * reference", `when` in workflows).
 * @param file its name, for messages
 * @returns a warning for each role of which that cannot be decided
 * @throws ProjectError `pipeline-never-runs` (exit 2)
 */
export function requireStartedByPushes(
  document: Document,
  project: Project,
  file: string,
): readonly string[] {
  const parameters = plainOf(document, document.get("parameters", true), file);
  // A schedule starts the jobs of roles that watch, and a push must not.
  const pushed = project.roles.filter(({ terraform }) => terraform?.task !== "watch");
  return pushed.flatMap((role) => {
    const name = workflowOf(project, role.pipeline);
    const workflow = plainOf(document, document.getIn(["workflows", name], true), file);
    if (!isTreeMap(workflow)) return [];
    const start = startFor(role, workflow, project, defaultsOf(parameters));
    if (start.kind === "always") return [];
    const what = `the jobs of ${project.key}/${role.key} are in workflow ${name} of ${file}`;
    if (start.kind === "undetermined")
      return [`${what}, and it could not be decided whether ${start.because}`];
    throw new ProjectError({
      code: "pipeline-never-runs",
      message: `${what}, and ${start.because}`,
      found: name,
      fix: `name a workflow in pipeline.workflow that a push starts on all refs of ${role.key}`,
      exitCode: 2,
    });
  });
}

function startFor(
  role: Role,
  workflow: Readonly<Record<string, unknown>>,
  project: Project,
  defaults: Condition["defaults"],
): Start {
  const { triggers, when, unless } = workflow;
  if (Array.isArray(triggers) && triggers.length > 0)
    return { kind: "never", because: "that runs by its schedule only (`triggers`), never for a push" };
  const isOurs = when !== undefined && when === conditionOf(project, workflowOf(project, role.pipeline)).when;
  const conditions = [
    ...(when === undefined || isOurs ? [] : [{ word: "when", statement: when }]),
    ...(unless === undefined ? [] : [{ word: "unless", statement: { not: unless } }]),
  ];
  let undetermined: Start | undefined;
  for (const { word, statement } of conditions)
    for (const { refs, written } of refsOf(role.grant.refs, project)) {
      const { truth, isNeverTrue, dependsOn } = decideCondition(statement, { refs, defaults });
      if (truth === true) continue;
      const on = `its \`${word}\` starts it for a push to ${written}`;
      if (isNeverTrue)
        return { kind: "never", because: `its \`${word}\` never starts it for a push to ${written}` };
      const why = dependsOn.length === 0 ? "" : `, which depends on ${dependsOn.join(", ")}`;
      undetermined ??= { kind: "undetermined", because: `${on}${why}` };
    }
  return undetermined ?? { kind: "always" };
}

/**
 * The refs on which the job of a role runs: of `branches: any` tags only beside roles with tags.
 */
function refsOf(
  refs: GrantedRefs,
  { roles }: Project,
): readonly { readonly refs: AskedRefs; readonly written: string }[] {
  const withTags = roles.some(({ grant }) => grant.refs.kind === "listed" && grant.refs.tags.length > 0);
  const all = { kind: "prefix", prefix: "" } as const;
  const { branches, tags } = refs.kind === "listed" ? refs : { branches: [all], tags: withTags ? [all] : [] };
  return [
    ...branches.map((pattern) => ({
      refs: { of: "branches", pattern } as const,
      written: pattern === all ? "any branch" : patternText(pattern),
    })),
    ...tags.map((pattern) => ({
      refs: { of: "tags", pattern } as const,
      written: pattern === all ? "any tag" : `tag ${patternText(pattern)}`,
    })),
  ];
}

function defaultsOf(parameters: unknown): Condition["defaults"] {
  if (!isTreeMap(parameters)) return new Map();
  return new Map(
    Object.entries(parameters).map(([name, one]) => [name, isTreeMap(one) ? one.default : undefined]),
  );
}
