import type { LastUsed } from "./entry";
import type { GrantedAccess } from "./granted-access";
import type { UsageExamined } from "./report";

/** When each access was last used, and which records say so. */
export interface LastUses {
  readonly examined: UsageExamined;
  /** Undefined: the records cannot say it. */
  readonly of: (access: GrantedAccess) => LastUsed | undefined;
}
