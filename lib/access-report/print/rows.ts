import { describePeriods } from "../../describe/moment";
import { plainText } from "../../describe/phrase";
import type { ReportedAccess } from "../model/entry";
import { describeReportRef, describeSubject } from "../model/words";

/** `main, release/* until 31 December 2026`: accesses to one role that differ in the ref only. */
export interface RefsRow {
  readonly role: string;
  readonly refs: readonly string[];
  readonly details: readonly string[];
}

/** Accesses of one person, those to one role with the same periods on one line. */
export function refsRows(access: readonly ReportedAccess[]): readonly RefsRow[] {
  const rows = new Map<string, RefsRow>();
  for (const one of access) {
    const details = detailsOf(one);
    const key = JSON.stringify([one.role, details]);
    const before = rows.get(key)?.refs ?? [];
    rows.set(key, { role: one.role, refs: [...before, refName(one)], details });
  }
  return [...rows.values()];
}

export function refName({ ref }: Pick<ReportedAccess, "ref">): string {
  return plainText(describeReportRef(ref));
}

export function whoName({ who }: Pick<ReportedAccess, "who">): string {
  return plainText(describeSubject(who));
}

const STATES = { "in-force": undefined, over: "ended", ahead: "not begun" } as const;

function detailsOf({ periods, state, by, reasons }: ReportedAccess): readonly string[] {
  const word = STATES[state];
  return [
    ...(periods === undefined ? [] : [describePeriods(periods)]),
    ...(word === undefined ? [] : [word]),
    ...(by.kind === "trust-policy" && by.accepts === "maybe" ? ["undetermined"] : []),
    ...reasons,
  ];
}
