import type { Grant, GrantedPerson, Period } from "../../../config/model/model";

/** The part of a grant that is in force in one period. */
export interface GrantPart {
  /** With the people of the part only, and without their periods. */
  readonly grant: Grant;
  /** Undefined: always. */
  readonly period?: Period;
}

/**
 * A grant by periods: each part has the people who share one, and a person with several periods is
 * in several parts. What is always in force comes first, then by the start and the end of the
 * period. At least one part; a grant without periods is its only part.
 */
export function partsOf(grant: Grant): readonly GrantPart[] {
  const { people } = grant;
  if (people.kind === "everyone") {
    const { periods, ...everyone } = people;
    if (periods === undefined) return [{ grant }];
    return periods.map((period) => ({ grant: { ...grant, people: everyone }, period }));
  }
  if (people.members.every(({ periods }) => periods === undefined)) return [{ grant }];
  const byPeriod = new Map<string, { readonly period?: Period; readonly members: GrantedPerson[] }>();
  for (const { periods, ...person } of people.members) {
    for (const period of periods ?? [undefined]) {
      const key = JSON.stringify([period?.start ?? "", period?.end ?? ""]);
      const part = byPeriod.get(key) ?? { ...(period === undefined ? {} : { period }), members: [] };
      part.members.push(person);
      byPeriod.set(key, part);
    }
  }
  return [...byPeriod]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, { members, ...rest }]) => ({
      ...rest,
      grant: { ...grant, people: { kind: "listed", members } },
    }));
}

/** Whether the grant is written as several statements, one for each period. */
export function hasSeveralPeriods(grant: Grant): boolean {
  return partsOf(grant).length > 1;
}
