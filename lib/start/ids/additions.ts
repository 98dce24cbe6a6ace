import type { EntryPath } from "../../config/yaml/edit-checks";
import { ProjectError } from "../../errors";
import type { CurrentIds, CurrentProject } from "./current-ids";
import type { Ids } from "./find-ids";
import type { FoundPerson } from "./find-people";
import { personName } from "./person-name";

/** One change of access.yaml. */
interface Addition {
  readonly path: EntryPath;
  readonly value: string;
  /** The value that it replaces; undefined: none. */
  readonly before?: string;
}

/** What is not written, and why. */
interface Skipped {
  readonly what: string;
  readonly why: string;
}

export interface Additions {
  readonly additions: readonly Addition[];
  readonly left: readonly Skipped[];
}

export interface AdditionOptions {
  /** `--person` named these people. */
  readonly isAskedFor: boolean;
  /** Replace IDs of the organization and the project that the file already has. */
  readonly replace: boolean;
}

/**
 * What CircleCI knows and access.yaml lacks. No addition grants access: people seen only in pull
 * requests from forks, and names that a role or group already refers to, are added only if
 * `--person` names them.
 * @throws ProjectError `ids-other-organization`, `ids-other-project` (exit 2): the file has another
 * ID, and `replace` is false
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
  const { organization: before, organizations } = present;
  if ([...organizations.values()].includes(organization.id)) return [];
  if (organizations.size > 0) throw notAmong(organization, organizations);
  return idAddition("organization", ["organization", "id"], organization.id, before, options);
}

/** Which of several organizations an ID belongs to is for a person to say. */
function notAmong(
  { id, name }: Ids["organization"],
  organizations: ReadonlyMap<string, string>,
): ProjectError {
  return new ProjectError({
    code: "ids-other-organization",
    message: `access.yaml has no organization with the ID of ${name}, ${id}`,
    found: [...organizations].map(([key, own]) => `${key}: ${own}`).join(", "),
    fix: `add it to \`organizations\`, or correct the ID of one: \`id: ${id}\``,
    exitCode: 2,
  });
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
    message: `access.yaml has ${path.join(".")}: ${before}, but CircleCI returns ${value}`,
    found: before,
    fix: "check that --project names the right project; --replace writes CircleCI's ID",
    exitCode: 2,
  });
}

function projectAdditions(ids: Ids, present: CurrentIds, options: AdditionOptions): Additions {
  const { project } = ids;
  const entry = entryOf(ids, present);
  if (entry === undefined) {
    const why = "no project in access.yaml has this ID or repository: add the project with its roles first";
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

/** By ID, by repository or, where the entry has neither, by name. */
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
  const left: Skipped[] = [];
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

/** People choose their own login: a login equal to a name in the file must not grant its access. */
function whyNot(
  { login, isYou, source }: FoundPerson,
  name: string,
  present: CurrentIds,
): string | undefined {
  const where = present.named.get(name);
  const ask = `check who this is, then run: ids --write --person ${login}`;
  if (where !== undefined)
    return `${where} already refers to ${name}, so adding it would grant access; ${ask}`;
  if (isYou || source === "project") return undefined;
  return source === "fork"
    ? `seen only in pull requests from forks, which anyone can open; ${ask}`
    : `CircleCI does not say whether they ran the project's code or a fork's; ${ask}`;
}
