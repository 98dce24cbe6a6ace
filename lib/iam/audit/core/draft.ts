import type { Policy } from "../../language/policy";
import type { Finding } from "./finding";

/** A finding, and the policy without it, which is not offered before it is proven. */
export interface Draft {
  readonly found: Finding;
  /** Undefined: what is meant is not known, so there is nothing to prove. */
  readonly correction?: Correction;
}

export type Correction = Narrower | Meant;

/** Of a policy that allows too much: the correction is proven to allow nothing else. */
interface Narrower {
  readonly kind: "narrower";
  /** Undefined: there is none, or it could not be proven. */
  readonly find: () => Policy | undefined;
}

/**
 * Of a policy that allows no token because of a mistake: the correction allows what the policy
 * writes, which is more than the original allows.
 */
export interface Meant {
  readonly kind: "meant";
  readonly policy: Policy;
  /** The corrected Allow statements alone, with every Deny. */
  readonly changed: Policy;
}
