import type { EntryPath } from "../../config/yaml/insert-entry";
import { ProjectError } from "../../errors";
import type { CurrentIds, CurrentProject } from "./current-ids";
import type { Ids } from "./find-ids";
import type { FoundPerson } from "./find-people";
import { personName } from "./person-name";

/** One change of access.yaml. */
export interface Addition {
  readonly path: EntryPath;
  readonly value: string;
  /** What stood there; undefined: nothing. */
  readonly before?: string;
}

/** What is not written, and why. */
export interface LeftOut {
  readonly what: string;
  readonly why: string;
}

export interface Additions {
  readonly additions: readonly Addition[];
  readonly left: readonly LeftOut[];
}

export interface AdditionOptions {
  /** These people were asked for by name. */
  readonly isAskedFor: boolean;
  /** Ids of the organization and the project that the file has are replaced. */
  readonly replace: boolean;
}

/**
 * What access.yaml lacks of what CircleCI knows. Nobody gets a right by it: people who are known
 * from forks alone, and names that a role or a group speaks of already, are added only if they were
 * asked for by name.
 * @throws ProjectError `ids-other-organization`, `ids-other-project` (exit 2): the file has another
 * id, and `replace` was not said
 */
export function additionsFor(ids: Ids, present: CurrentIds, options: AdditionOptions): Additions {
  const people = peopleAdditions(ids.people, present, options.isAskedFor);
  const project = projectAdditions(ids, present, options);
  return {
    additions: [...organizationAdditions(ids, present, options), ...people.additions, ...project.additions],
    left: [...people.left, ...project.left],
  };
}

function organizationAdditions(
  { organization }: Ids,
  present: CurrentIds,
  options: AdditionOptions,
): readonly Addition[] {
  const before = present.organization;
  return idAddition("organization", ["organization", "id"], organization.id, before, options);
}

function idAddition(
  what: "organization" | "project",
  path: EntryPath,
  value: string,
  before: string | undefined,
  { replace }: AdditionOptions,
): readonly Addition[] {
  if (before === value) return [];
  if (before === undefined) return [{ path, value }];
  if (replace) return [{ path, value, before }];
  throw new ProjectError({
    code: what === "project" ? "ids-other-project" : "ids-other-organization",
    message: `access.yaml has ${path.join(".")}: ${before}, and CircleCI says ${value}`,
    found: before,
    fix: `check that --project names the right one; --replace puts CircleCI's id there`,
    exitCode: 2,
  });
}

function projectAdditions(ids: Ids, present: CurrentIds, options: AdditionOptions): Additions {
  const { project } = ids;
  const entry = entryOf(ids, present);
  if (entry === undefined) {
    const why =
      "no entry of projects has its id or repository, and one without roles means nothing: add it with its roles";
    return { additions: [], left: [{ what: `project ${project.name}`, why }] };
  }
  const path = (key: string): EntryPath => ["projects", entry.key, key];
  const id = idAddition("project", path("id"), project.id, entry.id, options);
  const isRepositoryMissing = entry.repository === undefined && project.repository !== undefined;
  return {
    additions: [
      ...id,
      ...(isRepositoryMissing ? [{ path: path("repository"), value: project.repository ?? "" }] : []),
    ],
    left: [],
  };
}

/** By id, by repository, or, where neither is written, by name. */
function entryOf({ project }: Ids, { projects }: CurrentIds): CurrentProject | undefined {
  const repository = project.repository?.toLowerCase();
  return (
    projects.find(({ id }) => id === project.id) ??
    projects.find((one) => repository !== undefined && one.repository?.toLowerCase() === repository) ??
    projects.find((one) => one.key === project.name && one.id === undefined && one.repository === undefined)
  );
}

function peopleAdditions(
  people: readonly FoundPerson[],
  present: CurrentIds,
  isAskedFor: boolean,
): Additions {
  const additions: Addition[] = [];
  const left: LeftOut[] = [];
  const known = new Set(present.people.values());
  const taken = [...present.people.keys(), ...present.groups];
  for (const person of people) {
    if (known.has(person.id)) continue;
    const name = personName(person.login, person.id, taken);
    const why = isAskedFor ? undefined : whyNot(person, name, present);
    if (why !== undefined) {
      left.push({ what: `${person.login} (${person.id})`, why });
      continue;
    }
    taken.push(name);
    additions.push({ path: ["people", name], value: person.id });
  }
  return { additions, left };
}

/** Whoever chooses their login well would get another's rights. */
function whyNot(
  { login, isYou, source }: FoundPerson,
  name: string,
  present: CurrentIds,
): string | undefined {
  const where = present.named.get(name);
  const ask = `check who that is, then: --write --person ${login}`;
  if (where !== undefined) return `${where} names ${name}, so this would give rights: ${ask}`;
  if (isYou || source === "project") return undefined;
  return source === "fork"
    ? `seen with pull requests of forks alone, which anybody can send: ${ask}`
    : `CircleCI does not say whether they ran the project's own code or a fork's: ${ask}`;
}
