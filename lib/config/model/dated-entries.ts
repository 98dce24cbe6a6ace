import { sortedEntries } from "../../collections/sort";
import type { AccessFile } from "../schema/schema";
import { type Period, periodOf } from "./period";

/** An entry of access.yaml with `from` or `until`. */
export interface DatedEntry {
  /** `member`: a name in the list of a role or of a group. */
  readonly kind: "member" | "group" | "role" | "project";
  /**
   * Keys from the root of the file to the entry. For a member, those of the list and then the name,
   * which occurs once there: `["projects", "website", "roles", "deploy", "people", "bob"]`.
   */
  readonly path: readonly string[];
  readonly period: Period;
  /** Why a member's entry exists, as the file says. */
  readonly reason?: string;
}

type ListEntry = string | Readonly<Record<string, MemberOptions>>;

export interface MemberOptions {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly reason?: string | undefined;
}

/** One name in a list of people, as the file says it. */
export function readMember(entry: ListEntry): readonly [name: string, options: MemberOptions] {
  if (typeof entry === "string") return [entry, {}];
  const [found] = Object.entries(entry);
  if (found === undefined) throw new Error("checks let an entry without a name through");
  return found;
}

/** The list of a group, which may stand in a map with a period. */
export function groupMembers(group: NonNullable<AccessFile["groups"]>[string]): readonly ListEntry[] {
  return "people" in group ? group.people : group;
}

/**
 * All entries of a valid file that have a period, groups first, each kind in the order of its keys.
 */
export function datedEntries({ groups = {}, projects }: AccessFile): readonly DatedEntry[] {
  const ofGroups = sortedEntries(groups).flatMap(([key, group]): readonly DatedEntry[] => {
    const path = ["groups", key];
    return "people" in group
      ? [...dated("group", path, group), ...membersIn(group.people, [...path, "people"])]
      : membersIn(group, path);
  });
  const ofProjects = sortedEntries(projects).flatMap(([key, project]): readonly DatedEntry[] => [
    ...dated("project", ["projects", key], project),
    ...sortedEntries(project.roles).flatMap(([roleKey, role]): readonly DatedEntry[] => {
      const path = ["projects", key, "roles", roleKey];
      const members = Array.isArray(role.people) ? membersIn(role.people, [...path, "people"]) : [];
      return [...dated("role", path, role), ...members];
    }),
  ]);
  return [...ofGroups, ...ofProjects];
}

function membersIn(list: readonly ListEntry[], path: readonly string[]): readonly DatedEntry[] {
  const named = list.map(readMember).sort(([left], [right]) => (left < right ? -1 : 1));
  return named.flatMap(([name, options]) => dated("member", [...path, name], options));
}

function dated(
  kind: DatedEntry["kind"],
  path: readonly string[],
  { reason, ...options }: MemberOptions,
): readonly DatedEntry[] {
  const period = periodOf(options);
  return period === undefined ? [] : [{ kind, path, period, ...(reason === undefined ? {} : { reason }) }];
}
