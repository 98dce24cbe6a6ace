import { compareText } from "../../collections/sort";
import type { RoleEntry } from "../schema/schema";
import { readMember } from "./dated-entries";
import type { GrantedPeople, Person } from "./model";
import { commonPeriod, isEmptyPeriod, type Period, periodOf, unitedPeriods } from "./period";

/** A person, and when the entry that names the person is in force. Undefined: always. */
export interface TimedPerson {
  readonly person: Person;
  readonly period?: Period;
}

export function timed(person: Person, period: Period | undefined): TimedPerson {
  return { person, ...(period === undefined ? {} : { period }) };
}

/**
 * Who may assume a role, and when: a person who is listed several times, by groups, at the moments
 * of each entry.
 * @param whole of the role. Undefined: always
 * @param members people by their names and by the names of their groups
 */
export function grantedPeople(
  people: NonNullable<RoleEntry["people"]>,
  whole: Period | undefined,
  members: ReadonlyMap<string, readonly TimedPerson[]>,
): GrantedPeople {
  if (people === "everyone") {
    const periods = unitedPeriods([whole]);
    return { kind: "everyone", ...(periods === undefined ? {} : { periods }) };
  }
  const byName = new Map<string, { readonly person: Person; readonly entries: (Period | undefined)[] }>();
  for (const entry of people) {
    const [name, options] = readMember(entry);
    const found = members.get(name);
    if (found === undefined) throw new Error(`checks let an unknown person through: ${name}`);
    for (const { person, period } of found) {
      const known = byName.get(person.name) ?? { person, entries: [] };
      known.entries.push(commonPeriod([periodOf(options), period, whole]));
      byName.set(person.name, known);
    }
  }
  const listed = [...byName.values()].map(({ person, entries }) => {
    // The checks report an entry that is never in force.
    const periods = unitedPeriods(entries.filter((one) => one === undefined || !isEmptyPeriod(one)));
    return { ...person, ...(periods === undefined ? {} : { periods }) };
  });
  return { kind: "listed", members: listed.sort((left, right) => compareText(left.name, right.name)) };
}
