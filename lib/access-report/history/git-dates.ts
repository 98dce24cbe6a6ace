import type { Access } from "../../config/model/model";
import type { Dates } from "../model/dates";
import type { GrantedRole } from "../model/granted-roles";
import type { ReportCommit, Since } from "../model/since";
import { commitsOf } from "./commits";
import { type Dated, dateQuestions } from "./date-questions";
import { shallowCommits } from "./path-changes";
import { type DatedThing, questionsOf } from "./questions-of";
import type { FileHistory } from "./versions";

/** The dates of a report, and what was read for them. */
export interface GitDates {
  readonly dates: Dates;
  readonly versions: number;
  readonly isShallow: boolean;
}

/**
 * Since when each access, role and permission of a file is as it is.
 * @param from position of the newest commit that counts
 * @param isCommitted whether the version of that commit grants the same as the file
 */
export async function gitDates(
  top: string,
  history: FileHistory,
  roles: readonly GrantedRole[],
  current: {
    readonly access: Access;
    readonly at: string;
    readonly isCommitted: boolean;
    readonly from: number;
  },
): Promise<GitDates> {
  const ends = await shallowCommits(top);
  const { dates, versions } = await dateQuestions(
    questionsOf(roles),
    history.versions(current.from),
    current,
    ends,
  );
  const commits = await commitsOf(top, [...dates.values()].flatMap(hashesIn));
  const known = new Map([...dates].map(([thing, dated]) => [keyOf(thing), sinceOf(dated, commits)]));
  const find = (thing: DatedThing): Since => known.get(keyOf(thing)) ?? { kind: "not-examined" };
  return {
    versions,
    isShallow: ends.size > 0,
    dates: {
      ofAccess: find,
      ofRole: (role) => find({ of: "role", role }),
      ofPermissions: (role) => find({ of: "permissions", role }),
    },
  };
}

function keyOf(thing: DatedThing): unknown {
  return "of" in thing ? `${thing.of} ${thing.role.account.id} ${thing.role.path}${thing.role.name}` : thing;
}

function hashesIn(dated: Dated): readonly string[] {
  if (dated.kind === "not-committed") return [];
  const own = dated.commit === undefined ? [] : [dated.commit];
  return dated.kind === "not-determined-before" ? [...own, dated.unreadable] : own;
}

function sinceOf(dated: Dated, commits: ReadonlyMap<string, ReportCommit>): Since {
  const commitOf = (hash: string): ReportCommit => {
    const commit = commits.get(hash);
    if (commit === undefined) throw new Error(`git did not show commit ${hash}`);
    return commit;
  };
  if (dated.kind === "not-committed") return dated;
  if (dated.kind !== "not-determined-before") return { kind: dated.kind, commit: commitOf(dated.commit) };
  const { kind, commit, unreadable, why } = dated;
  const own = commit === undefined ? {} : { commit: commitOf(commit) };
  return { kind, ...own, unreadable: commitOf(unreadable), why };
}
