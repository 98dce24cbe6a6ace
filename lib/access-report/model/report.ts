import type { Account, AnyRole, Grant, Periods } from "../../config/model/model";
import type { PeriodState } from "../../describe/moment";
import type { Statement } from "../../iam/language/policy";
import type { PermissionRisk } from "../../iam/risk/permission-risks";
import type { ReportChanges, ReportLive } from "./differences";
import type { ReportedAccess } from "./entry";
import type { HistoryExamined, Since } from "./since";

/**
 * Who may do what at one moment, as data: words are made where it is printed, in the language of
 * the reader. Every list is sorted, so that the same input gives the same report.
 */
export interface AccessReport {
  /** The moment that it answers for: ISO 8601 in UTC, to the second. */
  readonly at: string;
  /** The files that it was made from: access.yaml, then policy files by path. */
  readonly sources: readonly ReportSource[];
  readonly history: HistoryExamined;
  /** Sorted by key. */
  readonly accounts: readonly Account[];
  /** Everyone whom the file names, sorted by name; also those without access. */
  readonly people: readonly ReportPerson[];
  /** What people whom the file does not name can reach. Empty: nothing. */
  readonly everyoneElse: readonly ReportedAccess[];
  /** Sorted by project and key. */
  readonly roles: readonly ReportRole[];
  /** Last uses. Undefined: not examined. */
  readonly usage?: UsageExamined;
  /** What of the accounts is not under this project. Undefined: no account was asked. */
  readonly outside?: readonly OutsideAccount[];
  /** Where the accounts differ from the file. Undefined: no account was asked. */
  readonly live?: readonly ReportLive[];
  /** What changed since another moment. Undefined: it was not compared with one. */
  readonly changes?: ReportChanges;
}

/** A file that the report was made from. */
export interface ReportSource {
  /**
   * Path below the top of the repository, with `/`; without a repository, below access.yaml's
   * folder.
   */
  readonly path: string;
  /** 64 hex digits, of the file's bytes. */
  readonly sha256: string;
  /** The commit whose version it is. Undefined: not committed, or no repository. */
  readonly commit?: string;
}

/** A person of the file, with everything that the person can reach. */
export interface ReportPerson {
  readonly name: string;
  /** CircleCI's user UUID. */
  readonly id: string;
  /** By role, then by ref. Empty: no access. */
  readonly access: readonly ReportedAccess[];
}

/** A role of the file. */
export interface ReportRole {
  /** `website/deploy`. */
  readonly key: string;
  readonly project: string;
  /** Its name in IAM. */
  readonly name: string;
  readonly arn: string;
  /** The account's key. */
  readonly account: string;
  readonly sessionSeconds: number;
  readonly deploys?: AnyRole["deploys"];
  /** The task of a role that runs Terraform. */
  readonly terraform?: "plan" | "apply" | "watch";
  readonly who: RoleWho;
  readonly permissions: ReportPermissions;
  /** When the role came into the file. */
  readonly since: Since;
  /** Every access to it: that of people by name, then that of everyone else. */
  readonly access: readonly ReportedAccess[];
}

export type RoleWho =
  /** The trust policy accepts exactly these tokens; every synth proves it. */
  | {
      readonly kind: "grant";
      readonly grant: Grant;
      /** A trust policy file that is used unchanged. */
      readonly file?: string;
      /** Of everyone's periods. Undefined: always, or the periods are those of people. */
      readonly periods?: Periods;
      readonly state: PeriodState;
    }
  /** The trust policy is a file, and the file names no people: they were found by proof. */
  | {
      readonly kind: "hand-written";
      readonly file: string;
      readonly accepted: readonly AcceptedGroup[];
      /** There are, or may be, more groups. */
      readonly hasMore: boolean;
    };

/** Principals that a hand-written trust policy accepts, in English. */
export interface AcceptedGroup {
  readonly who: readonly (string | { readonly quoted: string })[];
  /** From where. Empty: nothing is known of it. */
  readonly where: readonly (string | { readonly quoted: string })[];
  /** By their names in the file, sorted. */
  readonly people: readonly string[];
}

/** What a role may do. */
export interface ReportPermissions {
  /** The most serious first. Empty: none of these risks. */
  readonly risks: readonly PermissionRisk[];
  /** The `Allow` statements, the widest first, before any `Deny` and boundary. */
  readonly allows: readonly Statement[];
  /** Whether a `Deny` or a boundary takes away from them. */
  readonly isLimited: boolean;
  /** Policies whose contents are not known: what they allow is missing in `allows` and `risks`. */
  readonly unknown: readonly string[];
  /** When the file last changed what decides them: statements, policies, bucket, boundary. */
  readonly since: Since;
}

/** Which records the last uses are from. */
export interface UsageExamined {
  readonly regions: readonly {
    /** 12 digits. */
    readonly account: string;
    readonly region: string;
    /** The first and the last record. */
    readonly first: string;
    readonly last: string;
    readonly count: number;
  }[];
  /** Files that could not be read. */
  readonly notRead: readonly string[];
}

/** What an account has for CircleCI besides what access.yaml declares. */
export interface OutsideAccount {
  /** The account's key. */
  readonly account: string;
  readonly roles: readonly OutsideRole[];
  /** OIDC providers with a URL of CircleCI. */
  readonly providers: readonly { readonly arn: string; readonly url: string }[];
  /** Calls that AWS refused. Not empty: something may be missing. */
  readonly refused: readonly { readonly call: string; readonly object: string; readonly code: string }[];
}

export interface OutsideRole {
  readonly name: string;
  readonly arn: string;
  /** Whom its trust policy accepts. Undefined: it could not be read. */
  readonly accepted?: readonly AcceptedGroup[];
  readonly hasMore: boolean;
  /** Undefined: not examined. */
  readonly permissions?: Omit<ReportPermissions, "since">;
}
