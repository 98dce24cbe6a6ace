import { adviceFor } from "../collections/suggest";
import type { Project } from "../config/model/model";
import { isTreeMap } from "../config/yaml/yaml-tree";
import { ProjectError } from "../errors";
import { coverageOf } from "./filter-coverage";
import type { NamedJob } from "./job/job";
import { workflowOf } from "./our-items";

/** A job as a workflow of a configuration starts it. */
export interface StartedJob {
  /** What `requires` calls it. */
  readonly name: string;
  readonly requires: readonly string[];
  readonly filters: unknown;
}

/** The jobs of a workflow's list, as plain data. What is none is left out. */
export function startedJobs(list: unknown): readonly StartedJob[] {
  return Array.isArray(list) ? list.flatMap((item): readonly StartedJob[] => startedJob(item)) : [];
}

function startedJob(item: unknown): readonly StartedJob[] {
  if (typeof item === "string") return [{ name: item, requires: [], filters: undefined }];
  if (!isTreeMap(item)) return [];
  const [key] = Object.keys(item);
  const start = key === undefined ? undefined : item[key];
  if (key === undefined) return [];
  if (!isTreeMap(start)) return [{ name: key, requires: [], filters: undefined }];
  const { name, requires, filters, matrix } = start;
  const own = { requires: namesIn(requires), filters };
  // "alias: … usable from another job's requires stanza. Defaults to the name of the job being
  // executed" (CircleCI docs, "Configuration reference", `matrix`). `name` is a template there.
  if (isTreeMap(matrix)) return [{ name: typeof matrix.alias === "string" ? matrix.alias : key, ...own }];
  return [{ name: typeof name === "string" ? name : key, ...own }];
}

/** A required job is named, or is a map from its name to the statuses that will do. */
function namesIn(requires: unknown): readonly string[] {
  if (!Array.isArray(requires)) return [];
  return requires.flatMap((one) =>
    typeof one === "string" ? [one] : isTreeMap(one) ? Object.keys(one) : [],
  );
}

/**
 * Makes sure that the jobs of the configuration that ours wait for are in the workflow, and run on
 * every ref on which ours do, with all that they wait for themselves.
 * @param startedIn the own jobs of a workflow; undefined: there is no configuration
 * @param file its name, for messages
 * @throws ProjectError `pipeline-unknown-job`, `pipeline-never-runs`,
 * `pipeline-filter-undetermined` (exit 2)
 */
export function requireOutsideJobs(
  jobs: readonly NamedJob[],
  project: Project,
  startedIn: ((workflow: string) => readonly StartedJob[]) | undefined,
  file: string,
): void {
  for (const job of jobs)
    for (const name of job.outside?.jobs ?? []) {
      if (startedIn === undefined) throw noConfiguration(project, job, name);
      const started = startedIn(workflowOf(project, job));
      const found = started.find((one) => one.name === name);
      if (found === undefined) throw unknownJob(project, job, name, started, file);
      requireRuns(job, found, started, project, new Set());
    }
}

function requireRuns(
  job: NamedJob,
  outside: StartedJob,
  started: readonly StartedJob[],
  project: Project,
  seen: Set<string>,
): void {
  if (job.outside === undefined || seen.has(outside.name)) return;
  seen.add(outside.name);
  const coverage = coverageOf(outside.filters, job.outside.refs, job.outside.except);
  if (coverage.kind !== "all") throw notOn(project, job, outside.name, coverage);
  for (const one of started)
    if (outside.requires.includes(one.name)) requireRuns(job, one, started, project, seen);
}

function noConfiguration({ key }: Project, job: NamedJob, name: string): ProjectError {
  return new ProjectError({
    code: "pipeline-unknown-job",
    message: `${key}: the job ${job.name} waits for "${name}", which is no role of the project`,
    found: name,
    fix: "if it is a job of your configuration, name that with --file; else name a role of the project",
    exitCode: 2,
  });
}

function unknownJob(
  project: Project,
  job: NamedJob,
  name: string,
  started: readonly StartedJob[],
  file: string,
): ProjectError {
  const { key, roles } = project;
  const known = new Set([...roles.map((role) => role.key), ...started.map((one) => one.name)]);
  return new ProjectError({
    code: "pipeline-unknown-job",
    message: `${key}: the job ${job.name} waits for "${name}", which is neither a role of the project nor a job of workflow ${workflowOf(project, job)} in ${file}`,
    found: name,
    fix: adviceFor(name, known, "name a role, or a job that this workflow starts"),
    exitCode: 2,
  });
}

function notOn(
  { key }: Project,
  job: NamedJob,
  name: string,
  { kind, ref }: { readonly kind: "not" | "undetermined"; readonly ref: string },
): ProjectError {
  if (kind === "undetermined")
    return new ProjectError({
      code: "pipeline-filter-undetermined",
      message: `${key}: the job ${job.name} waits for "${name}", and its filters do not tell whether that runs on ${ref}`,
      found: name,
      fix: "write its filters as names, as patterns such as /release\\/.*/, or as comparisons of pipeline.git.branch",
      exitCode: 2,
    });
  return new ProjectError({
    code: "pipeline-never-runs",
    message: `${key}: the job ${job.name} waits for "${name}", which does not run on ${ref}: CircleCI would skip ${job.name}`,
    found: name,
    fix: `let ${name} run on ${ref} as well, or remove it from pipeline.after`,
    exitCode: 2,
  });
}
