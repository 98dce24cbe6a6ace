/** What the next deploy of a stack imports and forgets, without changing the objects in AWS. */
export interface StackTransfers {
  /** Import ID of an existing object, by Terraform address. */
  readonly imports: Readonly<Record<string, string>>;
  /** Addresses that Terraform forgets. */
  readonly forgotten: readonly string[];
}

/** By account key and stack name. */
export type Transfers = ReadonlyMap<string, ReadonlyMap<string, StackTransfers>>;

export const NO_TRANSFERS: Transfers = new Map();
