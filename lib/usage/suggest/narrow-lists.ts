import { namesAt } from "../../config/checks/outline-fields";
import type { Access, Role } from "../../config/model/model";
import { patternText } from "../../config/model/ref-pattern";
import { entriesOf, lookUp } from "../../config/yaml/yaml-tree";

/** A role's `people` after the narrowing. */
interface PeopleAfter {
  /** What replaces each entry, in their order. */
  readonly entries: readonly (readonly unknown[])[];
  /** Groups that stay although some of their people have no use. */
  readonly kept: readonly KeptGroup[];
}

interface KeptGroup {
  readonly name: string;
  readonly unused: readonly string[];
  /**
   * `own-period`: it has a period of its own. `other-period`: so has one of its people in another
   * entry.
   */
  readonly why: "own-period" | "other-period";
}

/**
 * One entry as the file writes it (a name, or a map with a name and a period), and what replaces
 * it.
 */
interface Entry {
  readonly item: unknown;
  readonly items: readonly unknown[];
  readonly kept?: KeptGroup;
}

/**
 * A person with a use stays, with the period of the entry; a group stays if all of its members have
 * one, and is replaced by the entries of those who have otherwise. A period of a whole group cannot
 * be said of some of its people in the role: such a group stays while it has a use. No name is
 * listed twice: an entry without a period says more than one with, and of two periods that differ
 * neither does, so that the group stays.
 * @param root the values of the file
 * @param path of the list
 */
export function peopleAfter(
  root: unknown,
  path: readonly string[],
  used: ReadonlySet<string>,
  { people }: Pick<Access, "people">,
): PeopleAfter {
  const { value } = lookUp(root, path);
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const persons = new Set(people.map(({ name }) => name));
  const entries = list.map((item): Entry => {
    const name = nameIn(item);
    return persons.has(name) ? { item, items: used.has(name) ? [item] : [] } : groupAfter(item, root, used);
  });
  const settled = withoutConflicts(entries, persons, root, used);
  return {
    entries: listedOnce(settled),
    kept: settled.flatMap(({ kept }) => kept ?? []),
  };
}

function groupAfter(item: unknown, root: unknown, used: ReadonlySet<string>): Entry {
  const name = nameIn(item);
  const { members, isDated } = groupIn(name, root);
  const left = members.filter((member) => used.has(nameIn(member)));
  if (left.length === members.length) return { item, items: [item] };
  if (left.length > 0 && (isDated || typeof item === "object"))
    return keptWhole(item, root, used, "own-period");
  return { item, items: left };
}

function keptWhole(item: unknown, root: unknown, used: ReadonlySet<string>, why: KeptGroup["why"]): Entry {
  const name = nameIn(item);
  const unused = groupIn(name, root)
    .members.map(nameIn)
    .filter((member) => !used.has(member));
  return { item, items: [item], kept: { name, unused, why } };
}

/** Groups stay whole if one of their people would be listed with two periods that differ. */
function withoutConflicts(
  entries: readonly Entry[],
  persons: ReadonlySet<string>,
  root: unknown,
  used: ReadonlySet<string>,
): readonly Entry[] {
  const written = new Map<string, Set<string>>();
  for (const entry of entries.flatMap(({ items }) => items)) {
    const name = nameIn(entry);
    written.set(name, new Set([...(written.get(name) ?? []), JSON.stringify(entry)]));
  }
  const isConflict = (entry: unknown): boolean => {
    const all = [...(written.get(nameIn(entry)) ?? [])];
    return all.length > 1 && all.every((one) => !one.startsWith('"'));
  };
  return entries.map((entry) =>
    !persons.has(nameIn(entry.item)) && entry.items.some(isConflict)
      ? keptWhole(entry.item, root, used, "other-period")
      : entry,
  );
}

/** Of several entries of a name one without a period stays, or else the first. */
function listedOnce(entries: readonly Entry[]): readonly (readonly unknown[])[] {
  const always = new Set(entries.flatMap(({ items }) => items.filter((one) => typeof one === "string")));
  const listed = new Set<string>();
  return entries.map(({ items }) =>
    items.filter((one) => {
      const name = nameIn(one);
      if (listed.has(name) || (typeof one !== "string" && always.has(name))) return false;
      listed.add(name);
      return true;
    }),
  );
}

/** The name in an entry of a list of people. */
function nameIn(entry: unknown): string {
  return namesAt([entry], [])[0]?.value ?? "";
}

/** The entries of a group of the file, and whether the group itself has a period. */
function groupIn(
  name: string,
  root: unknown,
): { readonly members: readonly unknown[]; readonly isDated: boolean } {
  const group = lookUp(root, ["groups", name]).value;
  const members = Array.isArray(group) ? group : lookUp(group, ["people"]).value;
  const isDated = entriesOf(group).some(([key]) => key === "from" || key === "until");
  return { members: Array.isArray(members) ? members : [], isDated };
}

/**
 * The branches or tags of a role that stay, as the file writes them.
 * @param gone those without a use
 */
export function refsAfter(
  { grant: { refs } }: Role,
  kind: "branches" | "tags",
  gone: readonly string[],
): readonly string[] {
  if (refs.kind === "any") return [];
  const without = new Set(gone.map((ref) => ref.replace(/^tag /, "")));
  return refs[kind].map(patternText).filter((pattern) => !without.has(pattern));
}
