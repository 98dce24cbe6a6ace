/**
 * What comes under one stack, or leaves it, with the next deploy, while the objects in AWS stay as
 * they are.
 */
export interface StackTransfers {
  /** Import id of an object that exists, by the address that it gets. */
  readonly imports: Readonly<Record<string, string>>;
  /** Addresses whose objects Terraform forgets. */
  readonly forgotten: readonly string[];
}

/** By account key and stack name. */
export type Transfers = ReadonlyMap<string, ReadonlyMap<string, StackTransfers>>;

export const NO_TRANSFERS: Transfers = new Map();
