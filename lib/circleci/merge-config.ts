import { type Document, isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLSeq } from "yaml";
import type { Project } from "../config/model/model";
import {
  applyEdits,
  type Edit,
  indentOf,
  insertAfter,
  itemSpan,
  pairSpan,
  remove,
  render,
  withLineEnds,
} from "../config/yaml/text-edits";
import { clash } from "./clash";
import { APPROVAL, descriptionPrefix, type NamedJob } from "./job";
import { projectJobs, withOrb } from "./jobs";
import { ORB, orbIn } from "./orb";
import { mapAt, notRead, PARSING, readConfig, requireBlock } from "./read-config";
import { startOf, writeConfig } from "./write-config";

/**
 * A project's jobs inside a config that exists: ours are added, replaced or taken out, and started
 * by the workflow of the project's name. Every other line stays as it is, and so do a byte order
 * mark and line ends of CR LF.
 * @param file its name, for messages
 * @throws ProjectError `pipeline-not-read`, `pipeline-clash`, `ref-not-expressible`,
 * `pipeline-never-runs` (exit 2)
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
  for (const { name } of jobs)
    if (document.hasIn(["jobs", name]) && !before.has(name))
      throw clash(file, `there is a job "${name}" that is not ours`, "rename that job, or the role");
  if (jobs.some(({ name }) => name === APPROVAL) && foreignApproval(document, project, before))
    throw clash(file, `workflow ${project.key} has a job "${APPROVAL}" that is not ours`, "rename it");
  const place: Place = { text, document };
  const merged = applyEdits(text, [
    ...(orb.isNew ? entryEdits(place, "orbs", { [orb.alias]: ORB }) : []),
    ...jobEdits(place, jobs, before),
    ...workflowEdits(place, project, jobs, before, file),
  ]);
  const whole = merged.endsWith("\n") ? merged : `${merged}\n`;
  requireMeaning(whole, project, { jobs, orb: orb.alias }, file);
  return whole === `${text}\n` ? text : whole;
}

interface Place {
  readonly text: string;
  readonly document: Document;
}

/** Names of the jobs that were written for this project before. */
function ourJobs(document: Document, project: Project): ReadonlySet<string> {
  const names = (mapAt(document, ["jobs"])?.items ?? []).flatMap(({ key, value }) => {
    const description: unknown = isMap(value) ? value.get("description") : undefined;
    const isOurs = typeof description === "string" && description.startsWith(descriptionPrefix(project));
    return isOurs ? [nameOf(key)] : [];
  });
  return new Set(names);
}

/** Ours waits for a job of ours, and is defined nowhere: an element of the workflow alone. */
function isOurApproval(item: unknown, ours: ReadonlySet<string>): boolean {
  const start: unknown = isMap(item) ? item.get(APPROVAL) : undefined;
  if (!isMap(start) || start.get("type") !== "approval") return false;
  const requires: unknown = start.get("requires");
  return isSeq(requires) && requires.items.length > 0 && requires.items.every((one) => ours.has(nameOf(one)));
}

function foreignApproval(document: Document, project: Project, ours: ReadonlySet<string>): boolean {
  return startedIn(document, project).some(
    (item) => startedJob(item) === APPROVAL && !isOurApproval(item, ours),
  );
}

function startedIn(document: Document, project: Project): readonly unknown[] {
  const list: unknown = document.getIn(["workflows", project.key, "jobs"], true);
  return isSeq(list) ? list.items : [];
}

/** Entries at the end of a map of the file, which may not be there yet. */
function entryEdits({ text, document }: Place, key: string, entries: object): readonly Edit[] {
  if (Object.keys(entries).length === 0) return [];
  const map = mapAt(document, [key]);
  const last = map?.items.at(-1);
  if (map !== undefined && last !== undefined)
    return [insertAfter(text, pairSpan(text, last), render(entries, indentOf(text, map)))];
  const empty = topPair(document, key);
  if (empty !== undefined) return [insertAfter(text, pairSpan(text, empty), render(entries, 2))];
  const end = text.trimEnd().length;
  return [{ from: end, to: end, text: `\n${render({ [key]: entries }, 0)}` }];
}

function topPair(document: Document, key: string): Pair | undefined {
  return isMap(document.contents)
    ? document.contents.items.find((pair) => nameOf(pair.key) === key)
    : undefined;
}

function jobEdits(place: Place, jobs: readonly NamedJob[], before: ReadonlySet<string>): readonly Edit[] {
  const { text, document } = place;
  const map = mapAt(document, ["jobs"]);
  const added = jobs.filter(({ name, job }) => job !== undefined && !before.has(name));
  const edits = (map?.items ?? []).flatMap((pair): readonly Edit[] => {
    const name = nameOf(pair.key);
    if (map === undefined || !before.has(name)) return [];
    const span = pairSpan(text, pair);
    const job = jobs.find((one) => one.name === name)?.job;
    if (job === undefined) return [remove(text, span)];
    if (isSame(pair.value, job)) return [];
    return [{ ...span, text: render({ [name]: job }, indentOf(text, map)) }];
  });
  return [
    ...edits,
    ...entryEdits(place, "jobs", Object.fromEntries(added.map(({ name, job }) => [name, job]))),
  ];
}

function workflowEdits(
  place: Place,
  project: Project,
  jobs: readonly NamedJob[],
  before: ReadonlySet<string>,
  file: string,
): readonly Edit[] {
  const { text, document } = place;
  const starts = jobs.map(startOf);
  const workflow: unknown = document.getIn(["workflows", project.key], true);
  if (workflow === undefined) return entryEdits(place, "workflows", { [project.key]: { jobs: starts } });
  requireBlock(workflow, `${file}: workflow ${project.key}`);
  const list: unknown = document.getIn(["workflows", project.key, "jobs"], true);
  if (!isSeq(list) || list.items.length === 0 || list.flow === true)
    throw notRead(`${file}: the jobs of workflow ${project.key} are no list of lines with dashes`);
  const named = new Set([...before, ...jobs.map(({ name }) => name)]);
  const present = list.items.filter((item) => named.has(startedJob(item)) || isOurApproval(item, before));
  if (present.length === starts.length && present.every((item, index) => isSame(item, starts[index])))
    return [];
  const put = render(starts, indentOf(text, list as YAMLSeq));
  const [first, ...others] = present;
  const last: unknown = list.items.at(-1);
  return first === undefined
    ? [insertAfter(text, itemSpan(text, last), put)]
    : [{ ...itemSpan(text, first), text: put }, ...others.map((item) => remove(text, itemSpan(text, item)))];
}

/** The job that an element of a workflow's list starts. */
function startedJob(item: unknown): string {
  return isMap(item) ? nameOf(item.items[0]?.key) : nameOf(item);
}

function nameOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : "";
}

function isSame(node: unknown, value: unknown): boolean {
  const plain: unknown = isMap(node) || isSeq(node) || isScalar(node) ? node.toJSON() : node;
  return JSON.stringify(plain) === JSON.stringify(value);
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
  const started = startedIn(document, project);
  const defined = jobs.filter(({ job }) => job !== undefined);
  const found = orbIn(document, file);
  const isThere = found.alias === orb && !found.isNew;
  const isWhole =
    document.errors.length === 0 &&
    isThere &&
    [...ourJobs(document, project)].sort().join() ===
      defined
        .map(({ name }) => name)
        .sort()
        .join() &&
    defined.every((one) => isSame(document.getIn(["jobs", one.name], true), one.job)) &&
    jobs.every((one) => started.some((item) => isSame(item, startOf(one))));
  if (!isWhole) throw notRead(`${file} is laid out in a way that our jobs cannot be put into`);
}
