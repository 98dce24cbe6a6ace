import { atomsOf, type Formula } from "../../automata/formula";
import type { Facts } from "./facts";

/**
 * What AWS's documentation or this method leaves open. It counts neither for nor against anything:
 * a difference is found where it is there either way, and what depends on one of these is unknown,
 * with its reason.
 */
export class Undecided {
  readonly atoms = new Set<number>();
  readonly #reasons = new Map<string, string>();

  constructor(readonly facts: Facts) {}

  /**
   * @param about what it is, in a few words
   * @param identity the same for what is the same
   * @param reason why it is not decided, and where in the policy
   */
  isSo(about: string, identity: string, reason: string): Formula {
    const holds = this.facts.isSo(about, "matches", identity);
    for (const atom of atomsOf(holds)) this.atoms.add(atom);
    if (!this.#reasons.has(about)) this.#reasons.set(about, reason);
    return holds;
  }

  /** Why something is undecided that needs these facts. */
  reasonsFor(facts: readonly { readonly key: string }[]): readonly string[] {
    return facts.flatMap(({ key }) => this.#reasons.get(key) ?? []);
  }
}
