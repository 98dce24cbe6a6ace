import type { Access, Account } from "../../config/model/model";
import type { Transfers } from "../imports/transfers";
import type { Inventory } from "../inventory/inventory";
import type { States } from "../inventory/states";
import type { Declared } from "./declared";
import type { PlacedBucket } from "./edit-access";
import type { PlacedRole } from "./place-role";

/** What there is. */
export interface AdoptInput {
  readonly access: Access;
  readonly account: Account;
  /** Text of access.yaml, and its path. */
  readonly text: string;
  readonly file: string;
  /** imports.json: its path, and what it says. */
  readonly importsFile: string;
  readonly importsText: string | undefined;
  readonly transfers: Transfers;
  readonly inventory: Inventory;
  readonly states: States;
  /** Text of a file below the folder of access.yaml; undefined: it is not there. */
  readonly readFile: (file: string) => string | undefined;
  /** Path of such a file. */
  readonly pathOf: (file: string) => string;
}

/** Writes the stacks of a proposed access.yaml aside, and says what they declare. */
export type Declare = (text: string, access: Access) => Promise<readonly Declared[]>;

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
