import { type Document, isAlias, isMap, isSeq, type Pair, type YAMLSeq } from "yaml";
import type { Project } from "../config/model/model";
import {
  type Edit,
  indentOf,
  insertAfter,
  itemSpan,
  lengthWithoutBlankEnd,
  pairSpan,
  remove,
  render,
} from "../config/yaml/text-edits";
import { clash } from "./job/clash";
import type { NamedJob } from "./job/job";
import { isOurs, itemsOf, nameOf, startedJob, workflowOf, workflowsOf } from "./our-items";
import { mapAt, notRead, plainOf, requireBlock } from "./read-config";
import { conditionOf, startOf, withApprovalMarks } from "./write-config";

export interface Place {
  readonly text: string;
  readonly document: Document;
  /** Names of the project's jobs that the configuration has already. */
  readonly before: ReadonlySet<string>;
  readonly project: Project;
  /** Its name, for messages. */
  readonly file: string;
}

/** Entries at the end of a map of the file, which may not be there yet. */
export function entryEdits(
  { text, document }: Pick<Place, "text" | "document">,
  key: string,
  entries: object,
): readonly Edit[] {
  if (Object.keys(entries).length === 0) return [];
  const map = mapAt(document, [key]);
  const last = map?.items.at(-1);
  if (map !== undefined && last !== undefined)
    return [insertAfter(text, pairSpan(text, last), render(entries, indentOf(text, map)))];
  const empty = isMap(document.contents)
    ? document.contents.items.find((pair) => nameOf(pair.key) === key)
    : undefined;
  if (empty !== undefined) return [insertAfter(text, pairSpan(text, empty), render(entries, 2))];
  const end = lengthWithoutBlankEnd(text, document.contents);
  return [{ from: end, to: end, text: `\n${render({ [key]: entries }, 0)}` }];
}

/**
 * Starts the project's jobs in its workflow, and takes them out of every other, where an earlier
 * version of access.yaml had them.
 */
export function workflowEdits(place: Place, jobs: readonly NamedJob[]): readonly Edit[] {
  const workflows = workflowsOf(place.project, jobs);
  const targets = workflows.flatMap((name) =>
    targetEdits(
      place,
      name,
      jobs.filter((job) => workflowOf(place.project, job) === name),
    ),
  );
  return [...targets, ...elsewhereEdits(place, workflows)];
}

function targetEdits(place: Place, name: string, jobs: readonly NamedJob[]): readonly Edit[] {
  const { text, document, project, file } = place;
  const starts = jobs.map(startOf);
  const workflow: unknown = document.getIn(["workflows", name], true);
  if (workflow === undefined) {
    const entry = { [name]: { ...conditionOf(project, name), jobs: starts } };
    return entryEdits(place, "workflows", entry).map((edit) => ({
      ...edit,
      text: withApprovalMarks(edit.text, jobs, project),
    }));
  }
  requireBlock(workflow, `${file}: workflow ${name} is`);
  const list = listOf(document, name, file);
  const present = list.items.filter((item) => isOurs(item, place.before, place));
  const condition = conditionEdits(place, name, workflow);
  if (
    present.length === starts.length &&
    present.every((item, index) => isSame(document, item, starts[index]))
  )
    return condition;
  const put = withApprovalMarks(render(starts, indentOf(text, list)), jobs, project);
  const [first, ...others] = present;
  const last: unknown = list.items.at(-1);
  return first === undefined
    ? [...condition, insertAfter(text, itemSpan(text, last), put)]
    : [
        ...condition,
        { ...itemSpan(text, first), text: put },
        ...others.map((item) => remove(text, itemSpan(text, item))),
      ];
}

/**
 * The list of a workflow's jobs.
 * @throws ProjectError `pipeline-not-read` (exit 2) unless each element has lines of its own
 */
function listOf(document: Document, workflow: string, file: string): YAMLSeq {
  const list: unknown = document.getIn(["workflows", workflow, "jobs"], true);
  const what = `${file}: the jobs of workflow ${workflow} are`;
  if (isAlias(list))
    throw notRead(`${what} an alias, which another workflow shares`, "write the list out in this workflow");
  const fix = "write each job on a line of its own, with dashes: `- test`";
  if (!isSeq(list) || list.items.length === 0) throw notRead(`${what} not a list with elements`, fix);
  if (list.flow === true) throw notRead(`${what} written in brackets on one line`, fix);
  return list as YAMLSeq;
}

/** The condition of the project's own workflow, where the file asks for one. */
function conditionEdits({ text, project, file }: Place, name: string, workflow: unknown): readonly Edit[] {
  const { when } = conditionOf(project, name);
  if (when === undefined || !isMap(workflow)) return [];
  const found: unknown = workflow.get("when");
  if (found === when) return [];
  if (found !== undefined || workflow.has("unless"))
    throw clash(file, `workflow ${name} has a condition of its own`, `remove it, or name another workflow`);
  const [first] = workflow.items;
  if (first === undefined) return [];
  const { from } = pairSpan(text, first as Pair);
  return [{ from, to: from, text: `${render({ when }, indentOf(text, workflow))}\n` }];
}

/** @param targets the workflows that the jobs are in */
function elsewhereEdits(place: Place, targets: readonly string[]): readonly Edit[] {
  const { text, document } = place;
  const workflows = mapAt(document, ["workflows"])?.items ?? [];
  return workflows.flatMap((pair): readonly Edit[] => {
    const name = nameOf(pair.key);
    const items = itemsOf(document, name);
    if (targets.includes(name)) return [];
    const ours = items.filter((item) => isOurs(item, place.before, place));
    if (ours.length === 0) return [];
    if (ours.length === items.length) return [remove(text, pairSpan(text, pair))];
    return ours.map((item) => remove(text, itemSpan(text, item)));
  });
}

/**
 * Makes sure that no element of the workflow that is not ours has the name of one of ours.
 * @throws ProjectError `pipeline-clash` (exit 2)
 */
export function requireFreeNames(place: Place, jobs: readonly NamedJob[]): void {
  const { document, project, file } = place;
  for (const workflow of workflowsOf(project, jobs)) {
    const foreign = itemsOf(document, workflow).filter((item) => !isOurs(item, place.before, place));
    for (const item of foreign) {
      const start: unknown = isMap(item) ? item.get(startedJob(item)) : undefined;
      const given: unknown = isMap(start) ? start.get("name") : undefined;
      const name = typeof given === "string" ? given : startedJob(item);
      if (jobs.some((one) => one.name === name && workflowOf(project, one) === workflow))
        throw clash(file, `workflow ${workflow} has a job "${name}" that is not ours`, "rename it");
    }
  }
}

export function isSame(document: Document, node: unknown, value: unknown): boolean {
  return JSON.stringify(plainOf(document, node, "")) === JSON.stringify(value);
}
