import { entriesOf, isTreeMap, lookUp } from "../../config/yaml/yaml-tree";

/** The IDs in an access.yaml, which need not be complete or valid. */
export interface CurrentIds {
  /** The ID of the file's `organization` as written; undefined: none. */
  readonly organization: string | undefined;
  /** The IDs of the file's `organizations` as written, by name; empty: the file has no such map. */
  readonly organizations: ReadonlyMap<string, string>;
  /** IDs by the names of people. */
  readonly people: ReadonlyMap<string, string>;
  readonly groups: readonly string[];
  /** Names that a group or a role refers to, each with the path of the first reference. */
  readonly named: ReadonlyMap<string, string>;
  readonly projects: readonly CurrentProject[];
}

export interface CurrentProject {
  readonly key: string;
  readonly id: string | undefined;
  readonly repository: string | undefined;
}

/** @param root of `readYaml` */
export function currentIdsIn(root: unknown): CurrentIds {
  const at = (...path: readonly string[]): unknown => lookUp(root, path).value;
  const groups = entriesOf(at("groups"));
  const projects = entriesOf(at("projects"));
  const named = new Map<string, string>();
  const mention = (list: unknown, where: string): void => {
    for (const name of Array.isArray(list) ? list : [list])
      if (typeof name === "string" && !named.has(name)) named.set(name, where);
  };
  for (const [group, members] of groups) mention(members, `groups.${group}`);
  for (const [key, project] of projects)
    for (const [role, entry] of entriesOf(lookUp(project, ["roles"]).value))
      mention(lookUp(entry, ["people"]).value, `projects.${key}.roles.${role}`);
  return {
    organization: textOf(at("organization", "id")),
    organizations: new Map(
      entriesOf(at("organizations")).map(([name, entry]) => [
        name,
        textOf(lookUp(entry, ["id"]).value) ?? "",
      ]),
    ),
    people: new Map(entriesOf(at("people")).map(([name, id]) => [name, textOf(id) ?? ""])),
    groups: groups.map(([name]) => name),
    named,
    projects: projects.map(([key, project]) => ({
      key,
      id: isTreeMap(project) ? textOf(project.id) : undefined,
      repository: isTreeMap(project) ? textOf(project.repository) : undefined,
    })),
  };
}

/** A value of another type is invalid, not absent. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : String(value);
}
