import type { Grant } from "../../access/model";
import { Budget } from "../automata/budget";
import { and, not } from "../automata/formula";
import type { Policy } from "../language/policy";
import { admits } from "./admits";
import { answerOf } from "./answer";
import { findToken } from "./find-token";
import { meaningOf } from "./meaning";
import { readProvider } from "./provider";
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
    }
  | { readonly result: "unknown"; readonly reason: string };

/**
 * Proves that a role's trust policy lets in every token that its grant means, and no other: nobody comes in of all the tokens that
 * can be written down, whatever their claims; and nobody is locked out of all that CircleCI can issue.
 *
 * @param policy as it is sent to AWS and read back, so that the proof is about the text
 * @param providerArn the account's provider for the organization: tokens come through it and no other
 * @param steps how much work it may take; default: well under a second
 */
export function proveTrustPolicy(policy: Policy, grant: Grant, providerArn: string, steps?: number): Proof {
  const provider = readProvider(providerArn);
  if (provider === undefined) return { result: "unknown", reason: `${providerArn} is no OIDC provider` };
  const budget = new Budget(steps);
  const spaceOf = (kind: SpaceKind): Goals => goalsIn(new TokenSpace(provider, kind, budget), policy, grant);
  const answer = answerOf(() => {
    const every = spaceOf("every");
    return { intruder: findIntruder(every, grant, spaceOf), lockedOut: findLockedOut(every, grant, spaceOf) };
  });
  if (!answer.known) return { result: "unknown", reason: answer.reason };
  const { intruder, lockedOut } = answer.value;
  if (intruder === undefined && lockedOut === undefined) return { result: "equal" };
  return {
    result: "differs",
    ...(intruder === undefined ? {} : { intruder }),
    ...(lockedOut === undefined ? {} : { lockedOut }),
  };
}

interface Goals {
  readonly intruder: Question;
  readonly lockedOut: Question;
}

function goalsIn(space: TokenSpace, policy: Policy, grant: Grant): Goals {
  const admitted = admits(policy, space);
  return {
    intruder: { space, goal: and(admitted, not(meaningOf(grant, space, "most"))) },
    lockedOut: { space, goal: and(meaningOf(grant, space, "least"), not(admitted)) },
  };
}

function findIntruder(every: Goals, grant: Grant, spaceOf: (kind: SpaceKind) => Goals): Witness | undefined {
  return findWitness(every.intruder, [
    () => ({ ...spaceOf("issued").intruder, like: ownBranchSubjects(grant) }),
    () => spaceOf("issued").intruder,
  ]);
}

/** Where nobody at all is locked out, nobody is of those whom CircleCI gives a token; that takes less work to see. */
function findLockedOut(every: Goals, grant: Grant, spaceOf: (kind: SpaceKind) => Goals): Witness | undefined {
  if (findToken(every.lockedOut.space, every.lockedOut.goal, "possibly") === undefined) return undefined;
  const question = spaceOf("issued").lockedOut;
  return findWitness(question, [() => ({ ...question, like: ownBranchSubjects(grant) })]);
}
