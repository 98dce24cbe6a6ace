import { compareText } from "../../collections/sort";
import type { AccessFile } from "../schema/schema";
import { groupMembers, readMember } from "./dated-entries";

/** Through which entries of the file a role's list has a person. */
export interface MemberOrigin {
  /** Whether the list itself names the person. */
  readonly isNamed: boolean;
  /** Groups of the list that have the person, sorted. */
  readonly groups: readonly string[];
  /** Why these entries exist, as they say, sorted and without duplicates. */
  readonly reasons: readonly string[];
}

/**
 * The people of a role's list, by name, each with the entries that name the person.
 * @param file a valid file
 * @param project key of a project of the file
 * @param role key of a role of the project
 * @returns empty: the role names everyone, or is hand-written
 */
export function memberOrigins(
  { groups = {}, projects }: AccessFile,
  project: string,
  role: string,
): ReadonlyMap<string, MemberOrigin> {
  const list = projects[project]?.roles[role]?.people;
  const found = new Map<string, MemberOrigin>();
  if (!Array.isArray(list)) return found;
  const add = (name: string, group: string | undefined, reasons: readonly (string | undefined)[]): void => {
    const before = found.get(name) ?? { isNamed: false, groups: [], reasons: [] };
    found.set(name, {
      isNamed: before.isNamed || group === undefined,
      groups: sorted([...before.groups, ...(group === undefined ? [] : [group])]),
      reasons: sorted([...before.reasons, ...reasons.flatMap((one) => one ?? [])]),
    });
  };
  for (const entry of list) {
    const [name, { reason }] = readMember(entry);
    const group = Object.hasOwn(groups, name) ? groups[name] : undefined;
    if (group === undefined) add(name, undefined, [reason]);
    else
      for (const [person, { reason: own }] of groupMembers(group).map(readMember))
        add(person, name, [reason, own]);
  }
  return found;
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(compareText);
}
