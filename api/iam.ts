import { parsePolicy } from "../lib/iam/language/read-policy";
import { compare } from "../lib/iam/prove/tokens/compare";
import type { Counterexample } from "../lib/iam/prove/tokens/counterexample";
import type { OtherPrincipals } from "../lib/iam/prove/tokens/other-principals";

/** A token that one trust policy allows and the other denies. */
export interface DifferingToken {
  /** The ARN of the OIDC provider that the token comes through. */
  readonly provider: string;
  /** The claims of the token that a trust policy can ask for. */
  readonly claims: Readonly<Record<string, string | readonly string[]>>;
  /** Whether other keys of the request, such as the source address, also decide. */
  readonly isConditional: boolean;
}

/** How two trust policies compare, over every token that CircleCI can issue. */
export interface TrustComparison {
  /**
   * `same`: proven to allow exactly the same tokens. `unknown`: at least one direction could not be
   * decided; never take it for `same`.
   */
  readonly relation: "same" | "narrower" | "broader" | "both-ways" | "unknown";
  /** A token that only the second policy allows. */
  readonly gained?: DifferingToken;
  /** A token that only the first policy allows. */
  readonly lost?: DifferingToken;
  /** Why the relation is unknown. */
  readonly reason?: string;
  /**
   * Statements about other principals than holders of tokens, such as users and services, which the
   * relation does not cover: neither policy has any, both say the same, or they differ.
   */
  readonly otherPrincipals: "none" | "same" | "changed";
}

/**
 * Compares two trust policies of IAM roles, exactly: every token that can exist, not a sample.
 * @param before JSON of a trust policy, as `aws iam get-role` prints it
 * @param after JSON of the other
 * @throws Error with `code` `policy-not-read`: a text is not a policy, or has an element that IAM
 * does not define
 * @example
 * import { compareTrustPolicies } from "cdktf-circleci-oidc/iam";
 *
 * const policy = (sub: string) =>
 *   JSON.stringify({
 *     Version: "2012-10-17",
 *     Statement: {
 *       Effect: "Allow",
 *       Action: "sts:AssumeRoleWithWebIdentity",
 *       Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/oidc.circleci.com/org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11" },
 *       Condition: { StringLike: { "oidc.circleci.com/org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11:sub": sub } },
 *     },
 *   });
 * const { relation } = compareTrustPolicies(policy("*"), policy("**"));
 * if (relation !== "same") throw new Error(relation);
 */
export function compareTrustPolicies(before: string, after: string): TrustComparison {
  const { relation, gained, lost, reason, outside } = compare(parsePolicy(before), parsePolicy(after));
  return {
    relation,
    ...(gained === undefined ? {} : { gained: tokenOf(gained) }),
    ...(lost === undefined ? {} : { lost: tokenOf(lost) }),
    ...(reason === undefined ? {} : { reason }),
    otherPrincipals: othersIn(outside),
  };
}

function othersIn({ before, after, changed }: OtherPrincipals): TrustComparison["otherPrincipals"] {
  if (changed) return "changed";
  return before.length + after.length === 0 ? "none" : "same";
}

function tokenOf({ provider, claims, facts }: Counterexample): DifferingToken {
  return { provider, claims: { ...claims }, isConditional: facts.length > 0 };
}
