import type { Fact } from "../keys/fact";

/** A request that proves the point. */
export interface RequestCounterexample {
  /** Such as `s3:GetObject`. */
  readonly action: string;
  /** An ARN, or `*` of a call that takes no resource. */
  readonly resource: string;
  /** Of a resource policy's request: who asks, in words such as `anybody` or an ARN. */
  readonly caller?: string;
  /** The condition keys that it needs, each with its values or without any. */
  readonly keys: readonly { readonly key: string; readonly values: readonly string[] | "absent" }[];
  /** What must be so besides; empty: it proves the point whatever else is true of the request. */
  readonly facts: readonly Fact[];
}

/** What became of the requests that are allowed. */
export interface PermissionsComparison {
  /**
   * `unknown`: at least one direction could not be settled; a counterexample that was found all the same
   * stands.
   */
  readonly relation: "same" | "narrower" | "broader" | "both-ways" | "unknown";
  /**
   * Allowed now and not before. Values of condition keys among its facts can be so together; of
   * other facts, such as what a policy allows whose text nobody has, nobody can say that.
   */
  readonly gained?: RequestCounterexample;
  /** Allowed before and not now, with the same reservation. */
  readonly lost?: RequestCounterexample;
  /** Why it is unknown. */
  readonly reason?: string;
}
