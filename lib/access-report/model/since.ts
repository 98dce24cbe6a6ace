/**
 * Since when something is as it is, from the git history of access.yaml. Access counts, not text:
 * an entry that was moved to a group keeps its date.
 */
export type Since =
  /** This commit brought it. */
  | { readonly kind: "commit"; readonly commit: ReportCommit }
  /** The oldest commit of a shallow history has it already. */
  | { readonly kind: "at-least"; readonly commit: ReportCommit }
  /**
   * It is there since at least this commit; the version of access.yaml before it cannot be read.
   */
  | {
      readonly kind: "not-determined-before";
      /** Undefined: the file as it is in the work tree. */
      readonly commit?: ReportCommit;
      /** The version that cannot be read. */
      readonly unreadable: ReportCommit;
      /** The first problem that its reader found: `unknown-person, line 7`. */
      readonly why: string;
    }
  /** The file as it is in the work tree has it; no commit has. */
  | { readonly kind: "not-committed" }
  /** Why is in the report's `history`. */
  | { readonly kind: "not-examined" };

export interface ReportCommit {
  /** 40 or 64 hex digits. */
  readonly hash: string;
  /** When it was committed: ISO 8601 in UTC, to the second. */
  readonly date: string;
  /** The author's name, as git has it. */
  readonly author: string;
  /** The first line of the message. */
  readonly subject: string;
  /** The pull request or merge request that the message names: `#12`, `!12`. */
  readonly pullRequest?: string;
}

/** What of git's history was examined. */
export type HistoryExamined =
  | {
      readonly kind: "examined";
      /** The newest commit of the branch at the moment of the report. */
      readonly commit: ReportCommit;
      /** Versions of access.yaml and of policy files that were read. */
      readonly versions: number;
      /** The repository does not have all commits. */
      readonly isShallow: boolean;
      /** Files of the report that differ from the commit's. */
      readonly notCommitted: readonly string[];
    }
  | { readonly kind: "not-examined"; readonly why: "no-repository" | "no-commit" | "no-git" };
