import type {
  BucketSettings,
  FoundPolicy,
  FoundProvider,
  FoundRole,
  RefusedCall,
} from "../../adopt/inventory/inventory";

/** What an account has of what access.yaml declares there, and what else concerns CircleCI. */
export interface AccountAsItIs {
  /** Every OIDC provider with a URL of CircleCI. */
  readonly providers: readonly FoundProvider[];
  /** Roles of access.yaml, and all others whose trust policy concerns CircleCI's tokens. */
  readonly roles: readonly FoundRole[];
  /** Customer-managed policies that are attached to these roles or limit them. */
  readonly policies: readonly FoundPolicy[];
  /**
   * By name: buckets of access.yaml. Undefined: it does not exist. A bucket that is absent was not
   * read.
   */
  readonly buckets: ReadonlyMap<string, BucketAccess | undefined>;
  /** Calls that AWS refused, sorted: what they read is not examined. */
  readonly refused: readonly RefusedCall[];
}

/** The settings of a bucket that decide who gets in. Undefined: never set. */
export type BucketAccess = Pick<BucketSettings, "publicAccess" | "ownership" | "policy">;
