import { parseDocument } from "yaml";
import type { Access, Role } from "../../config/model/model";
import { patternText } from "../answer/unused-refs";

/**
 * What replaces one entry of a role's `people`: a person with a use stays; a group stays if all of
 * its members have one, and is replaced by those who have otherwise.
 * @param item as the file writes it: a name, or a map with a name and a time
 */
export function peopleAfter(
  item: unknown,
  text: string,
  used: ReadonlySet<string>,
  { people }: Pick<Access, "people">,
): readonly unknown[] {
  const name = typeof item === "object" && item !== null ? Object.keys(item)[0] : String(item);
  if (name === undefined) return [item];
  if (people.some((person) => person.name === name)) return used.has(name) ? [item] : [];
  const members = membersOf(name, text);
  const left = members.filter((member) => used.has(member));
  // An entry with a time is of the whole group: it stays as it is while it has a use.
  if (left.length === members.length || (typeof item === "object" && left.length > 0)) return [item];
  return left;
}

/** The names of a group of the file. */
function membersOf(group: string, text: string): readonly string[] {
  const members: unknown = parseDocument(text).getIn(["groups", group]);
  const list: unknown =
    typeof members === "object" &&
    members !== null &&
    "toJSON" in members &&
    typeof members.toJSON === "function"
      ? members.toJSON()
      : members;
  return Array.isArray(list) ? list.map(String) : [];
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
