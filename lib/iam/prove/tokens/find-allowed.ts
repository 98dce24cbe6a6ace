import { Budget } from "../../automata/budget";
import { and, type Formula, not } from "../../automata/formula";
import { compileFragment, type Fragment } from "../../automata/fragments";
import type { Policy } from "../../language/policy";
import { answerOf } from "../core/answer";
import { allowedTokens } from "./allowed-tokens";
import { type Counterexample, findAnyToken } from "./counterexample";
import { type Provider, readProvider } from "./provider";
import { type SpaceKind, TokenSpace } from "./space";

export interface Wanted {
  /** What the subject looks like, all of it. Default: anything. */
  readonly like?: readonly Fragment[];
  /** What it does not look like. Default: nothing is excluded. */
  readonly unlike?: Fragment;
  /** The one audience that it is for. Default: any. */
  readonly audience?: string;
  /** Which tokens there are. Default: those that CircleCI can issue. */
  readonly space?: SpaceKind;
  /** How much work it may take. Default: well under a second. */
  readonly steps?: number;
}

export type TokenAnswer =
  | { readonly result: "found"; readonly counterexample: Counterexample }
  /** Of all the tokens there can be, none. */
  | { readonly result: "none" }
  | { readonly result: "unknown"; readonly reason: string };

/**
 * A token of a kind that a trust policy allows, for instance of another project. `none`: it
 * certainly allows none.
 * @param provider its ARN, or as read: the ARN of a CircleCI server does not say that it is one
 */
export function findAllowed(policy: Policy, provider: string | Provider, wanted: Wanted = {}): TokenAnswer {
  return find(policy, provider, wanted, (space) => allowedTokens(policy, space));
}

/** A token of a kind that a trust policy denies. `none`: it certainly allows all of them. */
export function findDenied(policy: Policy, provider: string | Provider, wanted: Wanted = {}): TokenAnswer {
  return find(policy, provider, wanted, (space) => not(allowedTokens(policy, space)));
}

function find(
  policy: Policy,
  given: string | Provider,
  wanted: Wanted,
  goalIn: (space: TokenSpace) => Formula,
): TokenAnswer {
  const provider = typeof given === "string" ? readProvider(given) : given;
  if (provider === undefined)
    return { result: "unknown", reason: `${String(given)} is not the ARN of an OIDC provider` };
  const { like, unlike, audience, space: kind = "issued", steps } = wanted;
  const answer = answerOf(() => {
    const space = new TokenSpace(provider, kind, [policy], new Budget(steps));
    const conditions = [
      ...(like ?? []).map((one) => space.subjectLike(one)),
      ...(unlike === undefined ? [] : [not(space.subjectLike(unlike))]),
      ...(audience === undefined ? [] : [onlyAudience(space, audience)]),
    ];
    return findAnyToken({ space, goal: and(goalIn(space), ...conditions) });
  });
  if (!answer.known) return { result: "unknown", reason: answer.reason };
  return answer.value === undefined ? { result: "none" } : foundBy(answer.value);
}

/**
 * The counterexample is looked for when it is looked at: most callers ask only whether there is
 * one.
 */
function foundBy(search: () => Counterexample): TokenAnswer {
  let found: Counterexample | undefined;
  return {
    result: "found",
    get counterexample() {
      found ??= search();
      return found;
    },
  };
}

function onlyAudience({ audience, automaton }: TokenSpace, text: string): Formula {
  const positions = compileFragment(automaton.graph, text);
  return and(audience.someIn(positions), audience.everyIn(positions));
}
