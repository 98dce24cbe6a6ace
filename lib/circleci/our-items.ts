import { type Document, isMap, isScalar, isSeq } from "yaml";
import type { Project } from "../config/model/model";
import { itemSpan } from "../config/yaml/text-edits";
import { APPROVAL, descriptionPrefix } from "./job/job";
import { mapAt } from "./read-config";

/**
 * The workflow that a project's jobs are in.
 * @param own a job, or the settings of a role, that can be in another one
 */
export function workflowOf(
  { key, pipeline }: Pick<Project, "key" | "pipeline">,
  own: { readonly workflow?: string } = {},
): string {
  return own.workflow ?? pipeline.workflow ?? key;
}

/** The workflows that some jobs of a project are in, each once. */
export function workflowsOf(
  project: Pick<Project, "key" | "pipeline">,
  jobs: readonly { readonly workflow?: string }[],
): readonly string[] {
  return [...new Set(jobs.map((job) => workflowOf(project, job)))];
}

/** Names of the jobs that were written for this project before, by their descriptions. */
export function ourJobs(document: Document, project: Project): ReadonlySet<string> {
  const names = (mapAt(document, ["jobs"])?.items ?? []).flatMap(({ key, value }) => {
    const description: unknown = isMap(value) ? value.get("description") : undefined;
    const isOurs = typeof description === "string" && description.startsWith(descriptionPrefix(project));
    return isOurs ? [nameOf(key)] : [];
  });
  return new Set(names);
}

/**
 * The comment by which an approval is known as ours: it stands in a workflow alone, and CircleCI
 * gives it no description.
 */
export function approvalMark({ key }: Pick<Project, "key">): string {
  return `# cdktf-circleci-oidc, project ${key}`;
}

/** The elements of a workflow's list. */
export function itemsOf(document: Document, workflow: string): readonly unknown[] {
  const list: unknown = document.getIn(["workflows", workflow, "jobs"], true);
  return isSeq(list) ? list.items : [];
}

/** The job that an element of a workflow's list starts. */
export function startedJob(item: unknown): string {
  return isMap(item) ? nameOf(item.items[0]?.key) : nameOf(item);
}

/** Whether an element of a workflow was written for this project: a job of ours, or an approval. */
export function isOurs(
  item: unknown,
  ours: ReadonlySet<string>,
  { text, project }: { readonly text: string; readonly project: Project },
): boolean {
  const name = startedJob(item);
  const start: unknown = isMap(item) ? item.get(name) : undefined;
  if (!isMap(start) || start.get("type") !== "approval") return ours.has(name);
  const { from } = itemSpan(text, item);
  const end = text.indexOf("\n", from);
  const line = text.slice(from, end === -1 ? text.length : end).trimEnd();
  if (line.endsWith(approvalMark(project))) return true;
  // Earlier versions wrote no comment: theirs waits for jobs of ours only.
  const requires: unknown = start.get("requires");
  return (
    name === APPROVAL &&
    isSeq(requires) &&
    requires.items.length > 0 &&
    requires.items.every((one) => ours.has(nameOf(one)))
  );
}

export function nameOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : "";
}
