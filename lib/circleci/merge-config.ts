import { type Document, isMap, parseDocument } from "yaml";
import { adviceFor } from "../collections/suggest";
import type { Project } from "../config/model/model";
import {
  applyEdits,
  type Edit,
  indentOf,
  pairSpan,
  remove,
  render,
  withLineEnds,
} from "../config/yaml/text-edits";
import { ProjectError } from "../errors";
import { foreignContent } from "./foreign-content";
import { clash } from "./job/clash";
import { configOf, type NamedJob } from "./job/job";
import { ORB, orbIn } from "./job/orb";
import { projectJobs, withOrb } from "./jobs";
import { itemsOf, nameOf, ourJobs, workflowOf } from "./our-items";
import { requireOutsideJobs, type StartedJob, startedJobs } from "./outside-jobs";
import { mapAt, notRead, PARSING, plainOf, readConfig } from "./read-config";
import { entryEdits, isSame, type Place, requireFreeNames, workflowEdits } from "./workflow-edits";
import { requireStartedByPushes } from "./workflow-start";
import { parametersOf, startOf, writeConfig } from "./write-config";

/**
 * A project's jobs inside a configuration that exists: ours are added, replaced or removed, and
 * started by the workflow that the project names. Every other line stays as it is, and so do a byte
 * order mark and line ends of CR LF.
 * @param file its name, for messages
 * @throws ProjectError `pipeline-not-read`, `pipeline-clash`, `ref-not-expressible`,
 * `pipeline-never-runs`, `pipeline-unknown-job`, `pipeline-unknown-workflow`,
 * `pipeline-filter-undetermined` (exit 2)
 */
export function mergeConfig(project: Project, text: string, file: string): string {
  if (text.trim() === "") return writeConfig(project);
  return withLineEnds(text, (lines) => mergeLines(project, lines, file));
}

function mergeLines(project: Project, text: string, file: string): string {
  const document = readConfig(text, file);
  const orb = orbIn(document, file);
  const jobs = withOrb(projectJobs(project), orb.alias);
  const before = ourJobs(document, project);
  requireWorkflows(document, project, file);
  requireStartedByPushes(document, project, file);
  requireOutsideJobs(jobs, project, (workflow) => startedIn(document, workflow, file), file);
  for (const { name, job } of jobs)
    if (job !== undefined && document.hasIn(["jobs", name]) && !before.has(name))
      throw clash(
        file,
        `there is a job "${name}" that is not ours`,
        "rename that job, or give ours another name: `pipeline: { job: … }` at the role",
      );
  const place: Place = { text, document, before, project, file };
  requireFreeNames(place, jobs);
  const merged = applyEdits(text, [
    ...parameterEdits(place),
    ...(orb.isNew ? entryEdits(place, "orbs", { [orb.alias]: ORB }) : []),
    ...jobEdits(place, jobs),
    ...workflowEdits(place, jobs),
  ]);
  const whole = merged.endsWith("\n") ? merged : `${merged}\n`;
  requireMeaning(whole, project, { jobs, orb: orb.alias }, file);
  requireKept(document, text, whole, project, orb.alias, file);
  return whole === `${text}\n` ? text : whole;
}

function startedIn(document: Document, workflow: string, file: string): readonly StartedJob[] {
  const list: unknown = document.getIn(["workflows", workflow, "jobs"], true);
  return startedJobs(plainOf(document, list, file));
}

/**
 * The workflows that the file names are workflows of the configuration.
 * @throws ProjectError `pipeline-unknown-workflow` (exit 2)
 */
function requireWorkflows(document: Document, { key, pipeline, roles }: Project, file: string): void {
  const named = [pipeline, ...roles.map((role) => role.pipeline)].flatMap(({ workflow = [] }) => workflow);
  const workflow = named.find((name) => !document.hasIn(["workflows", name]));
  if (workflow === undefined) return;
  const known = (mapAt(document, ["workflows"])?.items ?? [])
    .map((pair) => nameOf(pair.key))
    .filter((name) => name !== "version");
  throw new ProjectError({
    code: "pipeline-unknown-workflow",
    message: `${file} has no workflow "${workflow}", which the jobs of ${key} are to join; it has: ${known.join(", ") || "none"}`,
    found: workflow,
    fix: adviceFor(workflow, known, "name one of them, or remove pipeline.workflow"),
    exitCode: 2,
  });
}

function parameterEdits(place: Place): readonly Edit[] {
  const { document, project } = place;
  const missing = Object.entries(parametersOf(project)).filter(
    ([name]) => !document.hasIn(["parameters", name]),
  );
  return entryEdits(place, "parameters", Object.fromEntries(missing));
}

function jobEdits(place: Place, jobs: readonly NamedJob[]): readonly Edit[] {
  const { text, document, before } = place;
  const map = mapAt(document, ["jobs"]);
  const added = jobs.flatMap(({ name, job }) =>
    job === undefined || before.has(name) ? [] : [[name, configOf(job)] as const],
  );
  const edits = (map?.items ?? []).flatMap((pair): readonly Edit[] => {
    const name = nameOf(pair.key);
    if (map === undefined || !before.has(name)) return [];
    const span = pairSpan(text, pair);
    const job = jobs.find((one) => one.name === name)?.job;
    if (job === undefined) return [remove(text, span)];
    const config = configOf(job);
    if (isSame(document, pair.value, config)) return [];
    return [{ ...span, text: render({ [name]: config }, indentOf(text, map)) }];
  });
  return [...edits, ...entryEdits(place, "jobs", Object.fromEntries(added))];
}

/**
 * The text was edited by place; what it says now is read back, so that no odd layout can make it
 * say something else.
 */
function requireMeaning(
  text: string,
  project: Project,
  { jobs, orb }: { readonly jobs: readonly NamedJob[]; readonly orb: string },
  file: string,
): void {
  const document = parseDocument(text, PARSING);
  const found = orbIn(document, file);
  const defined = jobs.flatMap(({ name, job }) => (job === undefined ? [] : [{ name, job }]));
  const isWhole =
    document.errors.length === 0 &&
    isMap(document.contents) &&
    found.alias === orb &&
    !found.isNew &&
    Object.keys(parametersOf(project)).every((name) => document.hasIn(["parameters", name])) &&
    [...ourJobs(document, project)].sort().join() ===
      defined
        .map(({ name }) => name)
        .sort()
        .join() &&
    defined.every(({ name, job }) => isSame(document, document.getIn(["jobs", name], true), configOf(job))) &&
    jobs.every((one) =>
      itemsOf(document, workflowOf(project, one)).some((item) => isSame(document, item, startOf(one))),
    );
  if (!isWhole) throw cannotBeEdited(file);
}

/**
 * What the team wrote means what it meant.
 * @throws ProjectError `pipeline-not-read` (exit 2)
 */
function requireKept(
  document: Document,
  before: string,
  after: string,
  project: Project,
  orb: string,
  file: string,
): void {
  const of = (one: Document, text: string): string =>
    JSON.stringify(foreignContent(one, { text, project, orb, file }));
  if (of(document, before) !== of(parseDocument(after, PARSING), after)) throw cannotBeEdited(file);
}

function cannotBeEdited(file: string): ProjectError {
  return notRead(
    `${file} is laid out in a way that our jobs cannot be put into`,
    "write jobs and workflows as maps with a line for each key, indented by spaces",
  );
}
