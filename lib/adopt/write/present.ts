import type { Access, Account } from "../../config/model/model";
import type { Transfers } from "../imports/transfers";
import type { Inventory } from "../inventory";
import type { States } from "../states";
import type { Declared } from "./declared";

/** What there is. */
export interface Present {
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
