import type { NotCounted } from "../sources/read-logs";
import type { Times } from "../trail/observed";
import type { RoleCall } from "./calls";
import type { CoveredRegion, RecordedKinds } from "./coverage";
import type { Granted } from "./granted";
import type { UnusedActions } from "./unused-actions";
import type { Who } from "./who";

/** Assumptions by the same person from the same ref. */
export interface Use extends Times, Who {
  /** Whether today's access.yaml grants it, at the moment of the last one. */
  readonly granted: Granted;
}

export interface Attempt extends Use {
  /** `website/deploy`, or the ARN of a role that access.yaml does not have. */
  readonly role: string;
  readonly error: string;
  /**
   * Whether AWS verified the token. If not, anyone can have written it, and who it names is no
   * fact.
   */
  readonly isVerified: boolean;
}

/** An assumption that no policy of access.yaml explains. */
export interface Foreign extends Times {
  /** As in `Attempt`. */
  readonly role: string;
  /**
   * Who asked: a person with a ref, by a token of CircleCI; the subject of another provider's
   * token; or the ARN of a principal, of a session that of its role.
   */
  readonly who: string;
  readonly provider: string;
  readonly why: "role" | "provider" | "no-token";
}

/** An ID that AWS gave a role of one name. */
export interface RoleId extends Times {
  readonly id: string;
}

/** What of a role has no recorded use. */
export interface NeverUsed {
  readonly people: readonly string[];
  readonly refs: readonly string[];
  /** Undefined: the calls were not asked for. */
  readonly actions?: UnusedActions;
  /** People whose access begins after the last record: they cannot have used it. */
  readonly notBegun: readonly string[];
  /** False: the access of everyone begins after the last record. */
  readonly hasBegun: boolean;
}

/** The use of one role of access.yaml. */
export interface RoleUse {
  readonly role: string;
  /** The last first. Empty: none was recorded. */
  readonly uses: readonly Use[];
  /**
   * IDs that sessions of this name had, the first first: several, if the role was created again.
   */
  readonly ids: readonly RoleId[];
  readonly calls: readonly RoleCall[];
  /** Sessions that were opened without a token, or through another provider. */
  readonly otherSessions: number;
  /** Which events are in the records of its account: calls of the other kind are not known. */
  readonly kinds: RecordedKinds;
  /** Undefined: not judged. */
  readonly never?: NeverUsed;
  /** Why nothing of it is called unused. Empty: it is judged. */
  readonly notJudged: readonly string[];
}

export interface Usage {
  readonly covered: readonly CoveredRegion[];
  readonly filesRead: number;
  readonly notRead: readonly NotCounted[];
  readonly withoutEvents: readonly NotCounted[];
  /** Whether what was called was asked for; false: only who assumed roles. */
  readonly hasCalls: boolean;
  /** Assumptions of other roles through providers that are not CircleCI's; not examined further. */
  readonly elsewhere: number;
  readonly roles: readonly RoleUse[];
  readonly denied: readonly Attempt[];
  readonly foreign: readonly Foreign[];
  /** Over all roles; people of groups too. Undefined: an account was not judged. */
  readonly never?: { readonly roles: readonly string[]; readonly people: readonly string[] };
}
