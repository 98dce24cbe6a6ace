import { Budget } from "../../automata/budget";
import { and, type Formula, not, or } from "../../automata/formula";
import { compileFragment, type Fragment } from "../../automata/fragments";
import type { Policy } from "../../language/policy";
import { answerOf } from "../core/answer";
import { allowedTokens } from "./allowed-tokens";
import { findCounterexample } from "./counterexample";
import type { TokenAnswer } from "./find-allowed";
import type { Provider } from "./provider";
import { TokenSpace } from "./space";

/** Tokens of a kind, by their subject: it looks like all of these and like none of those. */
export interface TokenKind {
  readonly like: readonly Fragment[];
  readonly unlike?: readonly Fragment[];
}

interface WantedDifference extends TokenKind {
  /** Kinds that have been seen already. */
  readonly beside?: readonly TokenKind[];
  /** For which audiences alone. Default: any. */
  readonly audiences?: readonly string[];
}

/**
 * The tokens that CircleCI can issue and that one trust policy allows and another denies. It
 * answers questions about kinds of tokens, as exactly as `compare` does for all tokens. What is
 * built for one question serves the next.
 */
export class TrustPolicyDifference {
  readonly #space: TokenSpace;
  readonly #policies: { readonly allowing: Policy; readonly denying: Policy };
  #one: Formula | undefined;
  #other: Formula | undefined;

  /** @param steps how much work all questions together may take; default: well under a second */
  constructor(allowing: Policy, denying: Policy, provider: Provider, steps?: number) {
    this.#space = new TokenSpace(provider, "issued", [allowing, denying], new Budget(steps));
    this.#policies = { allowing, denying };
  }

  /** A token of the kind in the difference. `none`: there is certainly none. */
  find(wanted: WantedDifference): TokenAnswer {
    return this.#ask(wanted, () => this.#difference);
  }

  /** A token of the kind that the first policy denies. `none`: it allows all of them. */
  findDenied(wanted: WantedDifference): TokenAnswer {
    return this.#ask(wanted, () => not(this.#allowed));
  }

  /** A token of the kind that the second policy also allows. `none`: it allows none of them. */
  findAllowedByBoth(wanted: WantedDifference): TokenAnswer {
    return this.#ask(wanted, () => this.#allowedByOther);
  }

  get #difference(): Formula {
    return and(this.#allowed, not(this.#allowedByOther));
  }

  get #allowed(): Formula {
    this.#one ??= allowedTokens(this.#policies.allowing, this.#space);
    return this.#one;
  }

  get #allowedByOther(): Formula {
    this.#other ??= allowedTokens(this.#policies.denying, this.#space);
    return this.#other;
  }

  #ask({ audiences, beside = [], ...kind }: WantedDifference, goal: () => Formula): TokenAnswer {
    const answer = answerOf(() =>
      findCounterexample({
        space: this.#space,
        goal: and(
          goal(),
          this.#isOf(kind),
          ...beside.map((one) => not(this.#isOf(one))),
          ...(audiences === undefined ? [] : [this.#isFor(audiences)]),
        ),
      }),
    );
    if (!answer.known) return { result: "unknown", reason: answer.reason };
    return answer.value === undefined
      ? { result: "none" }
      : { result: "found", counterexample: answer.value };
  }

  #isOf({ like, unlike = [] }: TokenKind): Formula {
    return and(
      ...like.map((one) => this.#space.subjectLike(one)),
      ...unlike.map((one) => not(this.#space.subjectLike(one))),
    );
  }

  #isFor(audiences: readonly string[]): Formula {
    const { audience, automaton } = this.#space;
    return or(
      ...audiences.map((text) => {
        const positions = compileFragment(automaton.graph, text);
        return and(audience.someIn(positions), audience.everyIn(positions));
      }),
    );
  }
}
