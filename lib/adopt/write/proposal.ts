import type { Access } from "../../config/model/model";
import type { Transfers } from "../imports/transfers";
import type { Inventory } from "../inventory";
import type { PlacedBucket } from "./edit-access";
import type { PlacedRole } from "./place-role";

/** A file that adopting writes. */
export interface FileChange {
  /** Path from the working directory. */
  readonly file: string;
  /** Undefined: it is not there. */
  readonly before?: string;
  /** Undefined: the file goes. */
  readonly after?: string;
}

/** What `adopt` would write, and why. */
export interface Proposal {
  readonly accountKey: string;
  /** access.yaml as it would be. */
  readonly access: Access;
  readonly inventory: Inventory;
  /** Roles that get an entry. */
  readonly roles: readonly PlacedRole[];
  /**
   * Names of roles and buckets that the file declares and no state knows yet: they are imported as
   * they are declared.
   */
  readonly matched: readonly string[];
  readonly buckets: readonly PlacedBucket[];
  /** Whether the account's provider gets an entry. */
  readonly takesProvider: boolean;
  readonly transfers: Transfers;
  /** In the order in which they are written; empty: there is nothing to do. */
  readonly changes: readonly FileChange[];
}
