import type { Role } from "../access/model";
import { policySize } from "./document";
import { inlinePolicies } from "./inline-policies";
import { providerArn } from "./provider-arn";
import { writeTrustPolicy } from "./trust-policy";

/** Characters of compact JSON. "IAM and AWS STS quotas": quota "Role trust policy length", its default. */
export const TRUST_POLICY_QUOTA = 2_048;
/** Characters, white space not counted, all inline policies of a role together. "IAM and AWS STS quotas". */
export const INLINE_POLICIES_QUOTA = 10_240;

export interface QuotaProblem {
  readonly code: string;
  readonly found: string;
  readonly allowed: string;
  readonly fix: string;
  readonly message: string;
}

/** Whether AWS would take the role's trust policy by its size. Undefined: it fits. */
export function checkTrustPolicySize(role: Role): QuotaProblem | undefined {
  const size = policySize(writeTrustPolicy(role.grant, providerArn(role.account, role.grant.organization)));
  if (size <= TRUST_POLICY_QUOTA) return undefined;
  return {
    code: "trust-policy-too-long",
    found: `${size} characters`,
    allowed: `at most ${TRUST_POLICY_QUOTA} (quota "Role trust policy length")`,
    fix: "name fewer people or branches, use one pattern such as release/* for several branches, or split the role in two",
    message: `the trust policy of role "${role.name}" is ${size - TRUST_POLICY_QUOTA} characters too long: every person is written out with every branch and tag`,
  };
}

/** Whether AWS would take the role's inline policies by their size. Undefined: they fit. */
export function checkInlinePoliciesSize(role: Role): QuotaProblem | undefined {
  const size = inlinePolicies(role).reduce((sum, { document }) => sum + policySize(document), 0);
  if (size <= INLINE_POLICIES_QUOTA) return undefined;
  return {
    code: "inline-policies-too-long",
    found: `${size} characters`,
    allowed: `at most ${INLINE_POLICIES_QUOTA} in all inline policies of a role`,
    fix: "move statements into a managed policy and name its ARN under policies",
    message: `the statements of role "${role.name}" are ${size - INLINE_POLICIES_QUOTA} characters too long`,
  };
}
