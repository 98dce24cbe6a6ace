import { commonPeriod, isEmptyPeriod, type Period, periodOf } from "../model/period";
import { momentRule } from "../rules/moment";
import type { Path, Reporter } from "../yaml/problem";
import { isTreeMap, lookUp } from "../yaml/yaml-tree";
import type { Outline, RoleOutline } from "./outline";
import { isHandWritten } from "./roles";

/** A place of the file that may have `from` and `until`. */
interface Place {
  /** Of the map with the two keys. */
  readonly path: Path;
  readonly period: Period | undefined;
}

/**
 * Every period has moments: `until` comes after `from`, also where an entry, its group, its role
 * and its project are taken together. Periods that are over are allowed: time passes without an
 * edit.
 */
export function checkPeriods(root: unknown, outline: Outline, report: Reporter): void {
  const placeAt = (path: Path): Place => ({ path, period: periodIn(lookUp(root, path).value) });
  const groups = new Map(
    outline.groups.map(({ name, path, members }) => {
      const whole = placeAt(path);
      const entries = members.map((member) => placeAt(member.path));
      reportEmpty([whole], report);
      for (const entry of entries) reportEmpty([entry, whole], report);
      return [name, { whole, entries }] as const;
    }),
  );
  for (const { path, roles } of outline.projects) {
    const project = placeAt(path);
    reportEmpty([project], report);
    for (const role of roles) {
      reportUnbounded(role, project, report);
      const own = placeAt(role.path);
      reportEmpty([own, project], report);
      for (const member of role.people) {
        const entry = placeAt(member.path);
        reportEmpty([entry, own, project], report);
        const group = groups.get(member.value);
        if (group === undefined) continue;
        reportEmpty([entry, group.whole, own, project], report);
        reportNever([group.whole, entry, own, project], member.path, report);
        for (const one of group.entries)
          reportNever([one, entry, group.whole, own, project], member.path, report);
      }
    }
  }
}

/**
 * The first place makes the period empty, alone or with the places around it. Undefined bounds and
 * malformed dates have no effect: the schema reports the latter.
 */
function reportEmpty([place, ...around]: readonly [Place, ...Place[]], report: Reporter): void {
  const { path, period } = place;
  if (period === undefined) return;
  if (isEmptyPeriod(period)) {
    report.at([...path, "until"], {
      code: "until-before-from",
      message: "`until` is not after `from`, so the entry would never be in force",
      found: `from ${period.start}, until ${period.end}`,
      allowed: "an `until` after `from`",
      fix: "correct one of the two dates",
    });
    return;
  }
  const outer = commonPeriod(around.map((one) => one.period));
  if (outer === undefined || isEmptyPeriod(outer)) return;
  const both = commonPeriod([period, outer]);
  if (both === undefined || !isEmptyPeriod(both)) return;
  report.atKey(path, never(both));
}

/** A person of a group, in a role: reported at the role's entry, where the periods meet. */
function reportNever(places: readonly Place[], path: Path, report: Reporter): void {
  const [first, ...around] = places;
  if (first?.period === undefined || isEmptyPeriod(first.period)) return;
  const outer = commonPeriod(around.map((one) => one.period));
  if (outer === undefined || isEmptyPeriod(outer)) return;
  const both = commonPeriod([first.period, outer]);
  if (both !== undefined && isEmptyPeriod(both))
    report.atKey(path, { ...never(both), found: String(first.path.at(-1)) });
}

function never({ start, end }: Period) {
  return {
    code: "never-in-force",
    message: "this entry and the group, role or project that it belongs to are never in force together",
    found: `from ${start}, before ${end}`,
    allowed: "periods with common moments",
    fix: "correct the dates, or remove the entry",
  } as const;
}

/** A hand-written trust policy has no conditions of this project, so nothing would end. */
function reportUnbounded(role: RoleOutline, { path, period }: Place, report: Reporter): void {
  if (period === undefined || !isHandWritten(role)) return;
  report.atKey(role.path, {
    code: "beside-hand-written",
    message:
      "the project has a period, and the trust policy of this role is hand-written, so the period would have no effect on it",
    found: role.key,
    allowed: "`people` and refs, or a project without `from` and `until`",
    fix: `write from and until at the other roles of ${String(path.at(-1))}, or add \`people\` and \`branches\` to this one`,
  });
}

/** Undefined: the map has neither key, or only malformed ones. */
function periodIn(value: unknown): Period | undefined {
  if (!isTreeMap(value)) return undefined;
  const isDate = (text: unknown): text is string =>
    typeof text === "string" && momentRule(text) === undefined;
  const { from, until } = value;
  return periodOf({
    ...(isDate(from) ? { from } : {}),
    ...(isDate(until) ? { until } : {}),
  });
}
