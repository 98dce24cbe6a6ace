import type { Fact } from "../keys/fact";

/** The key of a fact: these allow what a resource's policy no longer denies. */
export const OWN_POLICIES = "identity policies of the caller";

/**
 * Whether a request is allowed by what the caller's own policies allow, and not by the resource's.
 */
export function isOwnPolicies(fact: Fact): boolean {
  return fact.values === undefined && fact.key === OWN_POLICIES && fact.holds;
}
