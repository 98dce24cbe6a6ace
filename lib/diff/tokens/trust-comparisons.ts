import { remembered } from "../../collections/remembered";
import type { Access } from "../../config/model/model";
import type { Relation } from "../../describe/relation";
import type { Policy } from "../../iam/language/policy";
import { compare } from "../../iam/prove/tokens/compare";
import type { Counterexample } from "../../iam/prove/tokens/counterexample";
import { type OthersDifference, othersBetween } from "./other-callers";
import type { Effect } from "./token-group";
import { EMPTY_POLICY, type TokenGroups, tokenGroupsOf } from "./token-groups";

/** What two trust policies differ in, whichever role they are of. */
export interface TrustDifference {
  /** Of holders of tokens. */
  readonly relation: Relation;
  /** Why that is unknown. */
  readonly reason?: string;
  readonly gained: TokenGroups;
  readonly lost: TokenGroups;
  /** For all other principals that they name; undefined: nothing changes for them. */
  readonly others?: OthersDifference;
}

const NONE: TokenGroups = { groups: [], hasMore: false };

/**
 * Comparisons of trust policies, each pair once: most of a comparison is proof, and many roles go
 * from and to the same.
 */
export class TrustComparisons {
  readonly #known = new Map<Policy, Map<Policy, TrustDifference>>();
  readonly #allowed = new Map<Policy, TokenGroups>();

  /**
   * @param providers ARNs of providers in addition to those that the policies name
   * @param access names for ids; undefined for plans of projects without access.yaml
   */
  constructor(
    readonly providers: readonly string[],
    readonly access: Access | undefined,
  ) {}

  /**
   * Two policies are the same here if they are the same object: the reader makes one of each text.
   */
  between(before: Policy, after: Policy): TrustDifference {
    const from = remembered(this.#known, before, () => new Map<Policy, TrustDifference>());
    return remembered(from, after, () => this.#compare(before, after));
  }

  /** Every principal that a policy allows. */
  admittedBy(policy: Policy): TokenGroups {
    return remembered(this.#allowed, policy, () =>
      tokenGroupsOf(policy, EMPTY_POLICY, "gained", this.providers, this.access),
    );
  }

  #compare(before: Policy, after: Policy): TrustDifference {
    const { providers, access } = this;
    const { relation, reason, gained, lost, outside } = compare(before, after, { providers });
    const who = (
      found: Counterexample | undefined,
      effect: Effect,
      allowing: Policy,
      denying: Policy,
    ): TokenGroups =>
      found === undefined ? NONE : tokenGroupsOf(allowing, denying, effect, providers, access, found);
    return {
      relation,
      gained: who(gained, "gained", after, before),
      lost: who(lost, "lost", before, after),
      ...(reason === undefined ? {} : { reason }),
      ...(outside.changed ? { others: othersBetween(before, after) } : {}),
    };
  }
}
