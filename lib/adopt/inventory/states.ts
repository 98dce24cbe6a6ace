/** The resources in the account's Terraform state. */
export interface States {
  /** `STACK/ADDRESS` of every managed resource. */
  readonly addresses: ReadonlySet<string>;
  /** `STACK/ADDRESS` that manages an object, by `holderKey`. */
  readonly holders: ReadonlyMap<string, string>;
}

/** @param id as in the state, which may differ from the import ID */
export function holderKey(type: string, id: string): string {
  return JSON.stringify([type, id]);
}
