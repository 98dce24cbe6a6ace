import type { Access } from "../../config/model/model";
import { writeMoment } from "../../config/rules/moment";
import type { BranchCommit } from "./path-changes";
import type { DatedThing, RoleQuestions } from "./questions-of";
import type { FileVersion } from "./versions";

/** Since when, by the hashes of commits. */
export type Dated =
  | { readonly kind: "commit" | "at-least"; readonly commit: string }
  | {
      readonly kind: "not-determined-before";
      /** Undefined: the file as it is in the work tree. */
      readonly commit?: string;
      readonly unreadable: string;
      readonly why: string;
    }
  | { readonly kind: "not-committed" };

export interface DatedQuestions {
  readonly dates: ReadonlyMap<DatedThing, Dated>;
  /** Versions that were looked at. */
  readonly versions: number;
}

interface Newer {
  readonly access: Access;
  /** Undefined: the file as it is in the work tree. */
  readonly commit?: BranchCommit;
}

/**
 * Walks back through the versions until everything is dated: by the oldest commit since which every
 * version has it. An access that had ended before a commit that extended it came with that commit.
 * @param current what the questions were made from; it has all of them
 * @param isCommitted whether that is the first of the versions
 * @param at the moment of the report
 * @param ends hashes of commits at which a shallow history ends
 */
export async function dateQuestions(
  roles: readonly RoleQuestions[],
  versions: AsyncIterable<FileVersion>,
  current: { readonly access: Access; readonly isCommitted: boolean; readonly at: string },
  ends: ReadonlySet<string>,
): Promise<DatedQuestions> {
  const open = new Map(roles.map((role) => [role, new Map(role.questions)]));
  const dates = new Map<DatedThing, Dated>();
  let newer: Newer = { access: current.access };
  let isFirst = true;
  let count = 0;
  const dateAll = (dated: Dated): void => {
    for (const questions of open.values()) for (const thing of questions.keys()) dates.set(thing, dated);
    open.clear();
  };
  for await (const { commit, content } of versions) {
    if (open.size === 0) break;
    count += 1;
    const isSame = isFirst && current.isCommitted;
    isFirst = false;
    if (isSame) {
      newer = { access: current.access, commit };
      continue;
    }
    if (content.kind === "unreadable") {
      const since = newer.commit === undefined ? {} : { commit: newer.commit.hash };
      dateAll({ kind: "not-determined-before", ...since, unreadable: commit.hash, why: content.why });
      break;
    }
    if (content.kind === "absent") break;
    const moment = newer.commit === undefined ? current.at : writeMoment(newer.commit.time * 1_000);
    for (const [role, questions] of open) {
      // Nothing that the answers depend on differs between the two versions.
      if (role.signature(content.access) === role.signature(newer.access)) continue;
      for (const [thing, question] of questions) {
        const state = question(content.access, moment);
        if (state === "held" || (state === "over" && question(newer.access, moment) === "over")) continue;
        dates.set(thing, sinceOf(newer, ends));
        questions.delete(thing);
      }
      if (questions.size === 0) open.delete(role);
    }
    newer = { access: content.access, commit };
  }
  dateAll(sinceOf(newer, ends));
  return { dates, versions: count };
}

function sinceOf({ commit }: Newer, ends: ReadonlySet<string>): Dated {
  if (commit === undefined) return { kind: "not-committed" };
  return { kind: ends.has(commit.hash) ? "at-least" : "commit", commit: commit.hash };
}
