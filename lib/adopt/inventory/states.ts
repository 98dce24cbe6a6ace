/** What the account's states hold, as far as it matters here. */
export interface States {
  /** `STACK/ADDRESS` of every managed resource. */
  readonly addresses: ReadonlySet<string>;
  /** Where an object is held: `STACK/ADDRESS` by resource type and Terraform's own id. */
  readonly holders: ReadonlyMap<string, string>;
}

/** @param id as the provider has it in the state, not as it is imported */
export function holderKey(type: string, id: string): string {
  return JSON.stringify([type, id]);
}
