import type { Grant } from "../../../config/model/model";
import { Budget } from "../../automata/budget";
import { and, FALSE, type Formula, not } from "../../automata/formula";
import type { JsonPath, Policy } from "../../language/policy";
import { answerOf } from "../core/answer";
import { admits } from "./admits";
import { findToken } from "./find-token";
import { meaningOf, type Reading } from "./meaning";
import { isOutsideTokens } from "./outside";
import { providersOf } from "./principals";
import { type Provider, readProvider } from "./provider";
import { type SpaceKind, TokenSpace } from "./space";
import { ownBranchSubjects } from "./subjects";
import { findWitness, type Question, type Witness } from "./witness";

/** Whether a policy lets in what a grant means, and nothing else. */
export type Proof =
  | { readonly result: "equal" }
  | {
      readonly result: "differs";
      /** A token that gets in and should not. */
      readonly intruder?: Witness;
      /** A token that should get in and does not. */
      readonly lockedOut?: Witness;
      /** Statements that let in others than holders of a token, which no grant does. */
      readonly others?: readonly JsonPath[];
    }
  | { readonly result: "unknown"; readonly reason: string };

/**
 * Proves that a role's trust policy lets in every token that its grant means, and no other: nobody
 * comes in of all the tokens that can be written down, whatever their claims and whoever issued
 * them; and nobody is locked out of all that CircleCI can issue.
 *
 * @param policy as it is sent to AWS and read back, so that the proof is about the text
 * @param providerArn the account's provider for the organization: tokens come through it and no
 * other
 * @param steps how much work it may take; default: well under a second
 */
export function proveTrustPolicy(policy: Policy, grant: Grant, providerArn: string, steps?: number): Proof {
  const own = readProvider(providerArn);
  if (own === undefined) return { result: "unknown", reason: `${providerArn} is no OIDC provider` };
  const budget = new Budget(steps);
  const goals = (kind: SpaceKind, provider: Provider): Goals =>
    goalsIn(
      new TokenSpace(provider, kind, [policy], budget),
      policy,
      provider.arn === own.arn ? grant : undefined,
    );
  const answer = answerOf(() => {
    const every = goals("every", own);
    const intruder =
      findIntruder(every, grant, () => goals("issued", own)) ?? findStranger(policy, own, goals);
    return { intruder, lockedOut: findLockedOut(every, grant, () => goals("issued", own)) };
  });
  if (!answer.known) return { result: "unknown", reason: answer.reason };
  const { intruder, lockedOut } = answer.value;
  const others = policy.statements.filter((one) => one.effect === "Allow" && isOutsideTokens(one));
  if (intruder === undefined && lockedOut === undefined && others.length === 0) return { result: "equal" };
  return {
    result: "differs",
    ...(intruder === undefined ? {} : { intruder }),
    ...(lockedOut === undefined ? {} : { lockedOut }),
    ...(others.length === 0 ? {} : { others: others.map(({ path }) => path) }),
  };
}

interface Goals {
  readonly intruder: Question;
  readonly lockedOut: Question;
}

/** @param grant undefined: no token of this provider is meant */
function goalsIn(space: TokenSpace, policy: Policy, grant: Grant | undefined): Goals {
  const admitted = admits(policy, space);
  const meant = (reading: Reading): Formula =>
    grant === undefined ? FALSE : meaningOf(grant, space, reading);
  return {
    intruder: { space, goal: and(admitted, not(meant("most"))) },
    lockedOut: { space, goal: and(meant("least"), not(admitted)) },
  };
}

function findIntruder(every: Goals, grant: Grant, issued: () => Goals): Witness | undefined {
  return findWitness(every.intruder, [
    () => ({ ...issued().intruder, like: ownBranchSubjects(grant) }),
    () => issued().intruder,
  ]);
}

/**
 * A token of another issuer. Another account's provider for the same one does not count: STS looks
 * in the role's own account.
 */
function findStranger(
  policy: Policy,
  own: Provider,
  goals: (kind: SpaceKind, provider: Provider) => Goals,
): Witness | undefined {
  for (const provider of providersOf([policy], [own.arn])) {
    if (provider.host === own.host) continue;
    const found = findWitness(goals("every", provider).intruder, [() => goals("issued", provider).intruder]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Where nobody at all is locked out, nobody is of those whom CircleCI gives a token; that takes
 * less work to see.
 */
function findLockedOut(every: Goals, grant: Grant, issued: () => Goals): Witness | undefined {
  if (findToken(every.lockedOut.space, every.lockedOut.goal, "possibly") === undefined) return undefined;
  const question = issued().lockedOut;
  return findWitness(question, [() => ({ ...question, like: ownBranchSubjects(grant) })]);
}
