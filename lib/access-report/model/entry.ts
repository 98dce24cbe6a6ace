import type { Periods, RefPattern } from "../../config/model/model";
import type { PeriodState } from "../../describe/moment";
import type { Since } from "./since";

/** One person, one role, one ref: a cell of the matrix. */
export interface ReportedAccess {
  readonly who: Subject;
  /** `website/deploy`. */
  readonly role: string;
  readonly ref: ReportRef;
  readonly by: GrantedBy;
  /** When it is in force. Undefined: always, or not said by the file (`trust-policy`). */
  readonly periods?: Periods;
  /** At the moment of the report. */
  readonly state: PeriodState;
  /** Why the entries exist, as the file says, sorted. Empty: it says nothing. */
  readonly reasons: readonly string[];
  readonly since: Since;
  /** Undefined: not examined. */
  readonly lastUsed?: LastUsed;
}

export type Subject =
  | { readonly kind: "person"; readonly name: string; readonly id: string }
  /** People whom the file does not name: everyone else who can start a pipeline of the project. */
  | { readonly kind: "everyone-else" };

/** Where a job's code must come from. */
export type ReportRef =
  /** Any ref of the project's repository. */
  | { readonly kind: "any" }
  /** Of the project's repository. */
  | { readonly kind: "branch" | "tag"; readonly pattern: RefPattern }
  /** Tokens that name no repository (V1, custom webhooks): the code may be any repository's. */
  | { readonly kind: "without-origin" }
  /** What the hand-written trust policy says. */
  | { readonly kind: "trust-policy" };

/** Why a person has the access. */
export type GrantedBy =
  /** The role's list names the person, or groups that the person is in. */
  | { readonly kind: "list"; readonly isNamed: boolean; readonly groups: readonly string[] }
  /** `people: everyone`. */
  | { readonly kind: "everyone" }
  /** `maybe`: the proof did not end, or the policy depends on more than the token. */
  | { readonly kind: "trust-policy"; readonly accepts: "yes" | "maybe" };

export type LastUsed =
  | { readonly kind: "used"; readonly last: string; readonly count: number; readonly ref?: string }
  /** The records cover the account, and have no use. */
  | { readonly kind: "never" }
  /** Such as: no records of the account. */
  | { readonly kind: "not-judged"; readonly why: readonly string[] };
