import type { Grant } from "../../../config/model/model";
import { Budget } from "../../automata/budget";
import { and, FALSE, type Formula, not } from "../../automata/formula";
import type { JsonPath, Policy } from "../../language/policy";
import { answerOf } from "../core/answer";
import { allowedTokens } from "./allowed-tokens";
import { type Counterexample, findCounterexample, type Question } from "./counterexample";
import { findToken } from "./find-token";
import { type Bound, meaningOf } from "./meaning";
import { namesOtherPrincipals } from "./other-principals";
import { providersOf } from "./principals";
import { type Provider, readProvider } from "./provider";
import { type SpaceKind, TokenSpace } from "./space";
import { ownBranchSubjects } from "./subjects";

/** Whether a policy allows exactly the granted tokens. */
export type Proof =
  | { readonly result: "equal" }
  | {
      readonly result: "differs";
      /** A token that is allowed but not granted. */
      readonly wronglyAllowed?: Counterexample;
      /** A token that is granted but denied. */
      readonly wronglyDenied?: Counterexample;
      /** Statements that allow other principals than holders of tokens, which no grant does. */
      readonly others?: readonly JsonPath[];
    }
  | { readonly result: "unknown"; readonly reason: string };

/**
 * Proves that a role's trust policy allows every granted token and no other. No token is wrongly
 * allowed among all tokens that can be written, of any issuer. No token is wrongly denied among all
 * that CircleCI can issue.
 *
 * @param policy as it is sent to AWS and read back, so that the proof is about the text
 * @param providerArn the account's provider for the organization, the only one for granted tokens
 * @param steps how much work it may take; default: well under a second
 */
export function proveTrustPolicy(policy: Policy, grant: Grant, providerArn: string, steps?: number): Proof {
  return proveWithScope(policy, grant, providerArn, steps).proof;
}

/** A proof, and which tokens it is about. */
export interface ScopedProof {
  readonly proof: Proof;
  /**
   * Whether no token that can be written is denied although it is granted, and not only none that
   * CircleCI can issue. False where the policy and the grant differ.
   */
  readonly isOfEveryToken: boolean;
}

/** The same, and which tokens it is about. */
export function proveWithScope(
  policy: Policy,
  grant: Grant,
  providerArn: string,
  steps?: number,
): ScopedProof {
  const own = readProvider(providerArn);
  if (own === undefined) return unknown(`${providerArn} is not the ARN of an OIDC provider`);
  const budget = new Budget(steps);
  const goals = (kind: SpaceKind, provider: Provider): Goals =>
    goalsIn(
      new TokenSpace(provider, kind, [policy], budget),
      policy,
      provider.arn === own.arn ? grant : undefined,
    );
  const answer = answerOf(() => {
    const every = goals("every", own);
    const wronglyAllowed =
      findWronglyAllowed(every, grant, () => goals("issued", own)) ?? findOtherIssuer(policy, own, goals);
    // Among the issued ones there is none either, which would take more work to prove.
    if (findToken(every.wronglyDenied.space, every.wronglyDenied.goal, "possibly") === undefined)
      return { wronglyAllowed, wronglyDenied: undefined, isOfEveryToken: true };
    const wronglyDenied = findWronglyDenied(grant, goals("issued", own));
    return { wronglyAllowed, wronglyDenied, isOfEveryToken: false };
  });
  if (!answer.known) return unknown(answer.reason);
  const { wronglyAllowed, wronglyDenied, isOfEveryToken } = answer.value;
  const others = policy.statements.filter((one) => one.effect === "Allow" && namesOtherPrincipals(one));
  if (wronglyAllowed === undefined && wronglyDenied === undefined && others.length === 0)
    return { proof: { result: "equal" }, isOfEveryToken };
  const proof: Proof = {
    result: "differs",
    ...(wronglyAllowed === undefined ? {} : { wronglyAllowed }),
    ...(wronglyDenied === undefined ? {} : { wronglyDenied }),
    ...(others.length === 0 ? {} : { others: others.map(({ path }) => path) }),
  };
  return { proof, isOfEveryToken: false };
}

function unknown(reason: string): ScopedProof {
  return { proof: { result: "unknown", reason }, isOfEveryToken: false };
}

interface Goals {
  readonly wronglyAllowed: Question;
  readonly wronglyDenied: Question;
}

/** @param grant undefined: no token of this provider is granted */
function goalsIn(space: TokenSpace, policy: Policy, grant: Grant | undefined): Goals {
  const allowed = allowedTokens(policy, space);
  const granted = (bound: Bound): Formula => (grant === undefined ? FALSE : meaningOf(grant, space, bound));
  return {
    wronglyAllowed: { space, goal: and(allowed, not(granted("upper"))) },
    wronglyDenied: { space, goal: and(granted("lower"), not(allowed)) },
  };
}

function findWronglyAllowed(every: Goals, grant: Grant, issued: () => Goals): Counterexample | undefined {
  return findCounterexample(every.wronglyAllowed, [
    () => ({ ...issued().wronglyAllowed, like: ownBranchSubjects(grant) }),
    () => issued().wronglyAllowed,
  ]);
}

/**
 * A token of another issuer. Another account's provider for the same issuer does not count: STS
 * uses the provider of the role's own account.
 */
function findOtherIssuer(
  policy: Policy,
  own: Provider,
  goals: (kind: SpaceKind, provider: Provider) => Goals,
): Counterexample | undefined {
  for (const provider of providersOf([policy], [own.arn])) {
    if (provider.host === own.host) continue;
    const found = findCounterexample(goals("every", provider).wronglyAllowed, [
      () => goals("issued", provider).wronglyAllowed,
    ]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function findWronglyDenied(grant: Grant, { wronglyDenied }: Goals): Counterexample | undefined {
  return findCounterexample(wronglyDenied, [() => ({ ...wronglyDenied, like: ownBranchSubjects(grant) })]);
}
