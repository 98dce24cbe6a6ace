import { groupBy } from "../../collections/group-by";
import { namesAt } from "../../config/checks/outline-fields";
import type { Access, DatedEntry } from "../../config/model/model";
import { type ListPath, removeElement } from "../../config/yaml/edit-list";
import { removeEntry } from "../../config/yaml/remove-entry";
import { readYaml } from "../../config/yaml/yaml-source";
import { entriesOf, lookUp } from "../../config/yaml/yaml-tree";
import { endedEntries } from "../../describe/dated-entries";

/** The file's text without the entries that have ended. */
export interface PrunedText {
  readonly text: string;
  readonly removed: readonly DatedEntry[];
  /** Ended entries that stay, each with the reason. */
  readonly left: readonly { readonly entry: DatedEntry; readonly why: string }[];
}

const KEEPS_RESOURCES =
  "its removal deletes IAM roles and may delete buckets: remove it by hand, and review the plan";
const LAST_IN_LIST =
  "the list has no other name, and an empty list is an error: name other people, or remove the role or group";
const LAST_SOMEWHERE = "a role lists only this group: name other people there, or remove the role";

/**
 * Takes ended entries out of a valid file: names from lists, and groups together with the names
 * that refer to them. Roles and projects stay, and so do the last names of a list.
 * @param at ISO 8601 in UTC, to the second
 * @throws ProjectError `yaml-layout` (exit 2)
 */
export function pruneText(text: string, access: Pick<Access, "dated">, at: string): PrunedText {
  const root = readYaml(text).root;
  const ended = endedEntries(access, at);
  const groups = ended.filter(({ kind }) => kind === "group");
  const inGroup = (path: readonly string[]): boolean => groups.some((one) => isBelow(path, one.path));
  const members = ended.filter(({ kind, path }) => kind === "member" && !inGroup(path));
  const references = groups.flatMap((entry) => referencesTo(entry, root));
  const lists = groupBy([...members.map(({ path }) => path), ...references], (path) =>
    JSON.stringify(path.slice(0, -1)),
  );
  const isLast = (path: readonly string[]): boolean => {
    const list = path.slice(0, -1);
    const going = new Set((lists.get(JSON.stringify(list)) ?? []).map((one) => one.at(-1)));
    return namesIn(root, list).every((name) => going.has(name));
  };
  const left: { entry: DatedEntry; why: string }[] = [];
  const removed: DatedEntry[] = [];
  let pruned = text;
  for (const entry of ended) {
    const { kind, path } = entry;
    if (kind === "role" || kind === "project") left.push({ entry, why: KEEPS_RESOURCES });
    else if (kind === "member" && inGroup(path)) continue;
    else if (kind === "member" && isLast(path)) left.push({ entry, why: LAST_IN_LIST });
    else if (kind === "group" && referencesTo(entry, root).some(isLast))
      left.push({ entry, why: LAST_SOMEWHERE });
    else {
      const names = kind === "member" ? [path] : referencesTo(entry, root);
      // A reference with a period of its own that has ended is an entry, too.
      for (const name of names) pruned = withoutName(pruned, name);
      if (kind === "group") pruned = withoutGroup(pruned, path);
      removed.push(entry);
    }
  }
  return { text: pruned, removed, left };
}

/** The names of a group in the lists of roles, as paths. */
function referencesTo({ path }: DatedEntry, root: unknown): readonly (readonly string[])[] {
  const group = path.at(-1) ?? "";
  return entriesOf(lookUp(root, ["projects"]).value).flatMap(([project]) =>
    entriesOf(lookUp(root, ["projects", project, "roles"]).value).flatMap(([role]) => {
      const list = ["projects", project, "roles", role, "people"];
      return namesIn(root, list).includes(group) ? [[...list, group]] : [];
    }),
  );
}

function isBelow(path: readonly string[], above: readonly string[]): boolean {
  return path.length > above.length && above.every((key, at) => path[at] === key);
}

/** The names in a list of people of a valid file, in its order: each entry has one. */
export function namesIn(root: unknown, list: readonly string[]): readonly string[] {
  return namesAt(lookUp(root, list).value, list).map(({ value }) => value);
}

/** Unchanged: the name is not in the list any more, because its group was removed. */
function withoutName(text: string, path: readonly string[]): string {
  const list = path.slice(0, -1);
  const index = namesIn(readYaml(text).root, list).indexOf(path.at(-1) ?? "");
  return index === -1 ? text : removeElement(text, list as unknown as ListPath, index);
}

/** The map of groups must not be empty. */
function withoutGroup(text: string, path: readonly string[]): string {
  const { root } = readYaml(text);
  const isOnly = entriesOf(lookUp(root, ["groups"]).value).length === 1;
  return removeEntry(text, isOnly ? ["groups"] : ["groups", path.at(-1) ?? ""]);
}
