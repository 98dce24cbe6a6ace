import { parseDocument } from "yaml";
import type { Access, Role } from "../../config/model/model";
import { patternText } from "../answer/unused-refs";

/** What replaces one entry of a role's `people`. */
interface EntryAfter {
  readonly items: readonly unknown[];
  /** A group that stays although these of its people have no use. Undefined: none does. */
  readonly keptGroup?: { readonly name: string; readonly unused: readonly string[] };
}

/**
 * A person with a use stays, with the period of the entry; a group stays if all of its members have
 * one, and is replaced by the entries of those who have otherwise. A period of a whole group cannot
 * be said of some of its people in the role: such a group stays while it has a use.
 * @param item as the file writes it: a name, or a map with a name and a period
 * @param listed names that the role's list has without a period; those that replace a group are added,
 * so that none is listed twice
 */
export function peopleAfter(
  item: unknown,
  text: string,
  used: ReadonlySet<string>,
  { people }: Pick<Access, "people">,
  listed: Set<string>,
): EntryAfter {
  const name = nameIn(item);
  if (people.some((person) => person.name === name)) return { items: used.has(name) ? [item] : [] };
  const { members, isDated } = groupIn(name, text);
  const left = members.filter((member) => used.has(nameIn(member)));
  if (left.length === members.length) return { items: [item] };
  if (left.length > 0 && (isDated || typeof item === "object")) {
    const unused = members.map(nameIn).filter((member) => !used.has(member));
    return { items: [item], keptGroup: { name, unused } };
  }
  const items = left.filter((member) => !listed.has(nameIn(member)));
  for (const member of items) if (typeof member === "string") listed.add(member);
  return { items };
}

/** The names that a role's list has without a period. */
export function namesListed(text: string, project: string, role: string): Set<string> {
  const file: unknown = parseDocument(text).toJS();
  const list = ["projects", project, "roles", role, "people"].reduce<unknown>(valueAt, file);
  return new Set(Array.isArray(list) ? list.filter((one) => typeof one === "string") : []);
}

/** The name in an entry of a list of people. */
function nameIn(entry: unknown): string {
  return typeof entry === "object" && entry !== null ? (Object.keys(entry)[0] ?? "") : String(entry);
}

/** The entries of a group of the file, and whether the group itself has a period. */
function groupIn(
  name: string,
  text: string,
): { readonly members: readonly unknown[]; readonly isDated: boolean } {
  const file: unknown = parseDocument(text).toJS();
  const groups: unknown = valueAt(file, "groups");
  const group = valueAt(groups, name);
  const members: unknown = Array.isArray(group) ? group : valueAt(group, "people");
  const isDated = [valueAt(group, "from"), valueAt(group, "until")].some((one) => one !== undefined);
  return { members: Array.isArray(members) ? members : [], isDated };
}

function valueAt(map: unknown, key: string): unknown {
  if (typeof map !== "object" || map === null) return undefined;
  return Object.entries(map).find(([own]) => own === key)?.[1];
}

/** The branches or tags of a role that stay, as the file writes them. @param gone those without a use */
export function refsAfter(
  { grant: { refs } }: Role,
  kind: "branches" | "tags",
  gone: readonly string[],
): readonly string[] {
  if (refs.kind === "any") return [];
  const without = new Set(gone.map((ref) => ref.replace(/^tag /, "")));
  return refs[kind].map(patternText).filter((pattern) => !without.has(pattern));
}
