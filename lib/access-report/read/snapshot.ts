import type { Access } from "../../config/model/model";
import type { FileHistory } from "../history/versions";
import type { GrantedRole } from "../model/granted-roles";
import type { ReportSource } from "../model/report";
import type { ReportCommit } from "../model/since";

/** access.yaml at one moment: the file in the work tree, or a version of git's history. */
export interface Snapshot {
  /** ISO 8601 in UTC, to the second. */
  readonly at: string;
  readonly access: Access;
  readonly roles: readonly GrantedRole[];
  readonly sources: readonly ReportSource[];
  /** Undefined: there is no history, for this reason. */
  readonly git: SnapshotGit | "no-repository" | "no-commit" | "no-git";
}

export interface SnapshotGit {
  readonly top: string;
  readonly history: FileHistory;
  /** Position of the commit in the history. */
  readonly from: number;
  readonly commit: ReportCommit;
  /** Paths of sources that differ from the commit's. */
  readonly notCommitted: readonly string[];
  /** Whether the commit's version grants the same. */
  readonly isCommitted: boolean;
}
