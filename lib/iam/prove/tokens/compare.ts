import { Budget } from "../../automata/budget";
import { and, FALSE, type Formula, not } from "../../automata/formula";
import type { Policy } from "../../language/policy";
import { answerOf } from "../core/answer";
import { allowedTokens } from "./allowed-tokens";
import { type Counterexample, type Example, findCounterexample } from "./counterexample";
import { type OtherPrincipals, otherPrincipalsIn } from "./other-principals";
import { providersOf } from "./principals";
import type { Provider } from "./provider";
import { type SpaceKind, TokenSpace } from "./space";

export interface Comparison {
  /**
   * How the allowed tokens compare. `unknown`: at least one direction could not be decided. A
   * counterexample that was found is valid in any case.
   */
  readonly relation: "same" | "narrower" | "broader" | "both-ways" | "unknown";
  /** A token that `after` allows and `before` denies, in a request for which its facts hold. */
  readonly gained?: Counterexample;
  /** A token that `before` allows and `after` denies, in a request for which its facts hold. */
  readonly lost?: Counterexample;
  /** Why it is unknown. */
  readonly reason?: string;
  /**
   * Statements about other principals than holders of tokens, which this comparison does not cover.
   */
  readonly outside: OtherPrincipals;
}

interface CompareOptions {
  /**
   * Providers whose tokens count besides those that the policies name, by their ARN or as they are
   * known.
   */
  readonly providers?: readonly (string | Provider)[];
  /**
   * Which tokens there are. Default: those that CircleCI can issue, and of other issuers every
   * token.
   */
  readonly space?: SpaceKind;
  /** How much work it may take. Default: well under a second. */
  readonly steps?: number;
}

/**
 * Compares two trust policies over all tokens: exactly, for any combination of Allow and Deny, of
 * text operators on the claims, and of conditions on other keys, such as the source address
 * (docs/trust-proof.md).
 */
export function compare(before: Policy, after: Policy, options: CompareOptions = {}): Comparison {
  const outside = otherPrincipalsIn(before, after);
  if (JSON.stringify(before) === JSON.stringify(after)) return { relation: "same", outside };
  const budget = new Budget(options.steps);
  const kind = options.space ?? "issued";
  const both = rememberBoth([before, after], budget);
  const reasons = new Set<string>();
  const search = (allowing: Policy, denying: Policy): Counterexample | undefined => {
    for (const provider of providersOf([before, after], options.providers ?? [])) {
      const answer = answerOf(() =>
        findDifference(allowing, denying, kind, (within) => both(provider, within)),
      );
      if (!answer.known) reasons.add(answer.reason);
      else if (answer.value !== undefined) return answer.value;
    }
    return undefined;
  };
  const gained = search(after, before);
  const lost = search(before, after);
  const isKnown = reasons.size === 0 || (gained !== undefined && lost !== undefined);
  return {
    relation: isKnown ? relationOf(gained, lost) : "unknown",
    ...(gained === undefined ? {} : { gained }),
    ...(lost === undefined ? {} : { lost }),
    ...(isKnown ? {} : { reason: [...reasons].join("; ") }),
    outside,
  };
}

/** Two policies over the tokens of one provider; built once, since most of a comparison is that. */
interface Both {
  readonly space: TokenSpace;
  readonly allowed: ReadonlyMap<Policy, Formula>;
}

/** Remembers what it has built, whatever it is asked for. */
function rememberBoth(
  policies: readonly Policy[],
  budget: Budget,
): (provider: Provider, kind: SpaceKind) => Both {
  const known = new Map<string, Both>();
  return (provider, kind) => {
    const key = `${kind} ${provider.arn}`;
    const built = known.get(key);
    if (built !== undefined) return built;
    const space = new TokenSpace(provider, kind, policies, budget);
    const both = {
      space,
      allowed: new Map(policies.map((policy) => [policy, allowedTokens(policy, space)])),
    };
    known.set(key, both);
    return both;
  };
}

function findDifference(
  allowing: Policy,
  denying: Policy,
  kind: SpaceKind,
  bothIn: (kind: SpaceKind) => Both,
): Counterexample | undefined {
  const question = (within: SpaceKind): Example => {
    const { space, allowed } = bothIn(within);
    const [gets = FALSE, got = FALSE] = [allowed.get(allowing), allowed.get(denying)];
    return { space, goal: and(gets, not(got)) };
  };
  return findCounterexample(question(kind), kind === "issued" ? [] : [() => question("issued")]);
}

function relationOf(
  gained: Counterexample | undefined,
  lost: Counterexample | undefined,
): Comparison["relation"] {
  if (gained === undefined) return lost === undefined ? "same" : "narrower";
  return lost === undefined ? "broader" : "both-ways";
}
