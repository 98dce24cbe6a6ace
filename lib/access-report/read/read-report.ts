import { firstMomentOf, momentRule } from "../../config/rules/moment";
import type { AwsData } from "../../iam/data/aws-data";
import { gitDates } from "../history/git-dates";
import { buildReport, type ReportInput } from "../model/build-report";
import type { AccessReport } from "../model/report";
import { commitSnapshot, pastSnapshot } from "./past";
import type { Snapshot } from "./snapshot";
import { workTreeSnapshot } from "./work-tree";

/** access.yaml at a moment: a past one by git's history, now and later ones by the work tree. */
export function snapshotAt(
  file: string,
  { at, now }: { at?: string | undefined; now: string },
): Promise<Snapshot> {
  return at === undefined || at >= now ? workTreeSnapshot(file, at ?? now) : pastSnapshot(file, at);
}

/**
 * The file to compare with: as it was at a moment, or as a commit has it.
 * @param text a day, a time with its zone, or what `commitSnapshot` takes
 */
export function snapshotToCompare(file: string, text: string, now: string): Promise<Snapshot> {
  if (momentRule(text) !== undefined) return commitSnapshot(file, text);
  return snapshotAt(file, { at: firstMomentOf(text), now });
}

/** The report on a snapshot, with dates of git's history. */
export async function reportOf(
  snapshot: Snapshot,
  aws: AwsData,
  more: Pick<ReportInput, "lastUses" | "outside" | "live" | "changes"> = {},
): Promise<AccessReport> {
  const { at, access, roles, sources, git } = snapshot;
  const common = { at, access, roles, sources, aws, ...more };
  if (typeof git === "string") return buildReport({ ...common, history: { kind: "not-examined", why: git } });
  const { top, history, commit, notCommitted, isCommitted, from } = git;
  const { dates, versions, isShallow } = await gitDates(top, history, roles, {
    access,
    at,
    isCommitted,
    from,
  });
  return buildReport({
    ...common,
    dates,
    history: { kind: "examined", commit, versions, isShallow, notCommitted },
  });
}
