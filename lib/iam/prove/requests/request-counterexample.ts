import type { Fact } from "../keys/fact";

/** A request that shows a difference. */
export interface RequestCounterexample {
  /** Such as `s3:GetObject`. */
  readonly action: string;
  /** An ARN, or `*` of a call that takes no resource. */
  readonly resource: string;
  /** For a resource-based policy: the caller, in words such as `anyone` or as an ARN. */
  readonly caller?: string;
  /** The condition keys that it needs, each with its values or without any. */
  readonly keys: readonly { readonly key: string; readonly values: readonly string[] | "absent" }[];
  /** What must also be true. Empty: the difference exists in any case. */
  readonly facts: readonly Fact[];
}

/** How two sets of permissions compare. */
export interface PermissionsComparison {
  /**
   * `unknown`: at least one direction could not be settled; a counterexample that was found all the
   * same stands.
   */
  readonly relation: "same" | "narrower" | "broader" | "both-ways" | "unknown";
  /**
   * Allowed after and not before. Values of condition keys among its facts are possible together.
   * For other facts, such as the contents of an unknown policy, this is not known.
   */
  readonly gained?: RequestCounterexample;
  /** Allowed before and not now, with the same reservation. */
  readonly lost?: RequestCounterexample;
  /** Why it is unknown. */
  readonly reason?: string;
}
