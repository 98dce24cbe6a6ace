import { entriesOf, isTreeMap, lookUp } from "../../config/yaml/yaml-tree";

/** What an access.yaml says of ids, whether or not it is whole and right. */
export interface CurrentIds {
  /** The organization's id as it stands there; undefined: none. */
  readonly organization: string | undefined;
  /** Ids by the names of people. */
  readonly people: ReadonlyMap<string, string>;
  readonly groups: readonly string[];
  /** Names that a group or a role speaks of, and what speaks of them. */
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

/** Something that is no text is wrong, and not nothing. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : String(value);
}
