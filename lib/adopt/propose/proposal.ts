import type { Access, Account } from "../../config/model/model";
import type { Transfers } from "../imports/transfers";
import type { Inventory } from "../inventory/inventory";
import type { States } from "../inventory/states";
import type { Declared } from "./declared";
import type { PlacedBucket } from "./edit-access";
import type { PlacedRole } from "./place-role";

/** The files, the account and its Terraform state before adoption. */
export interface AdoptInput {
  readonly access: Access;
  readonly account: Account;
  /** Text of access.yaml, and its path. */
  readonly text: string;
  readonly file: string;
  /** imports.json: its path, text and content. */
  readonly importsFile: string;
  readonly importsText: string | undefined;
  readonly transfers: Transfers;
  readonly inventory: Inventory;
  readonly states: States;
  /** Text of a file below the folder of access.yaml; undefined: no such file. */
  readonly readFile: (file: string) => string | undefined;
  /** Path of such a file. */
  readonly pathOf: (file: string) => string;
}

/** Synthesizes a proposed access.yaml in a temporary folder. @returns the declared resources */
export type Declare = (text: string, access: Access) => Promise<readonly Declared[]>;

/** A file to write or remove. */
export interface FileChange {
  /** Path from the working directory. */
  readonly file: string;
  /** Undefined: the file does not exist. */
  readonly before?: string;
  /** Undefined: the file is removed. */
  readonly after?: string;
}

/** What `adopt` would write, and why. */
export interface Proposal {
  readonly accountKey: string;
  /** The proposed access.yaml. */
  readonly access: Access;
  readonly inventory: Inventory;
  /** Roles that get an entry. */
  readonly roles: readonly PlacedRole[];
  /** Names of roles and buckets that access.yaml already declares and that are imported now. */
  readonly matched: readonly string[];
  readonly buckets: readonly PlacedBucket[];
  /** Whether the account's provider gets an entry. */
  readonly takesProvider: boolean;
  readonly transfers: Transfers;
  /** In the order of writing; empty: nothing to do. */
  readonly changes: readonly FileChange[];
}
