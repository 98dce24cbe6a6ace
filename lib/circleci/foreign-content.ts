import type { Document } from "yaml";
import type { Project } from "../config/model/model";
import { ORB } from "./job/orb";
import { isOurs, itemsOf, ourJobs } from "./our-items";
import { plainOf } from "./read-config";
import { conditionOf, parametersOf } from "./write-config";

interface Place {
  readonly text: string;
  readonly project: Project;
  /** The name of our orb in the configuration. */
  readonly orb: string;
  /** Its name, for messages. */
  readonly file: string;
}

/**
 * A configuration without everything that is written for a project: its jobs, its elements of
 * workflows, the orb, the parameter and the condition. What is empty then is left out.
 * @throws ProjectError `pipeline-not-read` (exit 2)
 */
export function foreignContent(document: Document, place: Place): unknown {
  const { project, orb, file } = place;
  const ours = ourJobs(document, project);
  const plain = mapOf(plainOf(document, document.contents, file));
  const workflows = Object.entries(mapOf(plain.workflows)).map(([name, workflow]): [string, unknown] => [
    name,
    isPlainMap(workflow) ? foreignWorkflow(document, name, workflow, ours, place) : workflow,
  ]);
  return withoutEmpty({
    ...plain,
    parameters: without(plain.parameters, (name) => name in parametersOf(project)),
    orbs: without(plain.orbs, (name, value) => name === orb && value === ORB),
    jobs: without(plain.jobs, (name) => ours.has(name)),
    workflows: withoutEmpty(Object.fromEntries(workflows)),
  });
}

function foreignWorkflow(
  document: Document,
  name: string,
  workflow: PlainMap,
  ours: ReadonlySet<string>,
  { text, project, file }: Place,
): unknown {
  const items = itemsOf(document, name);
  const foreign = items.filter((item) => !isOurs(item, ours, { text, project }));
  if (items.length > 0 && foreign.length === 0) return undefined;
  const { when } = conditionOf(project, name);
  return {
    ...without(workflow, (key, value) => key === "when" && value === when),
    ...(items.length === 0 ? {} : { jobs: foreign.map((item) => plainOf(document, item, file)) }),
  };
}

type PlainMap = Readonly<Record<string, unknown>>;

function isPlainMap(value: unknown): value is PlainMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function mapOf(value: unknown): PlainMap {
  return isPlainMap(value) ? value : {};
}

function without(map: unknown, isLeftOut: (key: string, value: unknown) => boolean): PlainMap {
  return Object.fromEntries(Object.entries(mapOf(map)).filter(([key, value]) => !isLeftOut(key, value)));
}

function withoutEmpty(map: PlainMap): PlainMap {
  return without(
    map,
    (_, value) =>
      value === undefined || value === null || (isPlainMap(value) && Object.keys(value).length === 0),
  );
}
