import { remembered } from "../../collections/remembered";
import type { Policy } from "../../iam/language/policy";
import type { PermissionSource, Permissions } from "../../iam/prove/requests/compare-permissions";

/**
 * What follows from two sets of permissions alone, regardless of who has them: computed once for
 * all principals with the same policies. Many roles have the same managed policies, and a large one
 * takes a second.
 */
export class KnownComparisons<Result> {
  readonly #known = new Map<string, Result>();
  readonly #numbers = new WeakMap<Policy, number>();
  #next = 0;

  /**
   * Two policies are the same here if they are the same object: a reader makes one of each text.
   */
  between(before: Permissions, after: Permissions, compute: () => Result): Result {
    const key = JSON.stringify([this.#keyOf(before), this.#keyOf(after)]);
    return remembered(this.#known, key, compute);
  }

  #keyOf({ identity, boundary, session }: Permissions): unknown {
    const key = (source: PermissionSource): string | number =>
      source.kind === "opaque" ? source.name : this.#numberOf(source.policy);
    return [identity.map(key), boundary === undefined ? null : key(boundary), session?.map(key) ?? null];
  }

  #numberOf(policy: Policy): number {
    return remembered(this.#numbers, policy, () => {
      this.#next += 1;
      return this.#next;
    });
  }
}
