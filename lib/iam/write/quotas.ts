import type { AnyRole } from "../../config/model/model";
import { largestTrustPolicyQuota } from "../../config/rules/iam-role";
import type { ErrorCode } from "../../errors";
import { policySize, textSize } from "../language/document";
import { inlinePolicies } from "./inline-policies";
import { writeBoundary } from "./terraform/boundary";
import { hasSeveralPeriods } from "./trust/grant-parts";
import { hasExactRefs } from "./trust/subject-patterns";
import { trustTextOf } from "./trust/trust-policy";

/**
 * Characters, white space not counted, all inline policies of a role together. "IAM and AWS STS
 * quotas".
 */
const INLINE_POLICIES_QUOTA = 10_240;

export interface QuotaProblem {
  readonly code: ErrorCode;
  readonly found: string;
  readonly allowed: string;
  readonly fix: string;
  readonly message: string;
}

/** Whether AWS would take the role's trust policy by its size. Undefined: it fits. */
export function checkTrustPolicySize(role: AnyRole): QuotaProblem | undefined {
  const { trustPolicyQuota: quota } = role.account;
  const size = textSize(trustTextOf(role));
  if (size <= quota) return undefined;
  const raised = `have the quota raised and set accounts.${role.account.key}.trustPolicyQuota (at most ${largestTrustPolicyQuota})`;
  return {
    code: "trust-policy-too-long",
    found: `${size} characters`,
    allowed: `at most ${quota} (quota "Role trust policy length")`,
    fix:
      role.grant === undefined
        ? `shorten ${role.trust.file}, or ${raised}`
        : role.trust !== undefined
          ? `shorten ${role.trust.file}, or ${raised}`
          : `list fewer people or refs, ${hasExactRefs(role.grant.refs) ? "one pattern such as release/* instead of several names" : "names instead of patterns (they can be written shorter)"}, ${hasSeveralPeriods(role.grant) ? "give entries the same `from` and `until`, " : ""}split the role in two, or ${raised}`,
    message: `the trust policy of role "${role.name}" is ${size - quota} characters too long${role.trust === undefined ? " in its shortest form" : ""}`,
  };
}

/** Whether AWS would take the role's inline policies by their size. Undefined: they fit. */
export function checkInlinePoliciesSize(role: AnyRole): QuotaProblem | undefined {
  const sizes = [
    ...inlinePolicies(role).map(({ document }) => policySize(document)),
    ...role.inlinePolicies.map(({ text }) => textSize(text)),
  ];
  const size = sizes.reduce((sum, one) => sum + one, 0);
  if (size <= INLINE_POLICIES_QUOTA) return undefined;
  return {
    code: "inline-policies-too-long",
    found: `${size} characters`,
    allowed: `at most ${INLINE_POLICIES_QUOTA} in all inline policies of a role`,
    fix:
      role.terraform === undefined
        ? "move statements into a managed policy and name its ARN under policies"
        : "shorten long names and paths, or use several accounts",
    message: `the ${role.terraform === undefined ? "statements of" : "statements computed for"} role "${role.name}" are ${size - INLINE_POLICIES_QUOTA} characters too long`,
  };
}

/**
 * Characters, white space not counted, of a managed policy. "IAM and AWS STS quotas", "Managed
 * policy size".
 */
export const MANAGED_POLICY_QUOTA = 6_144;

/**
 * Whether AWS would take the boundary that is computed because of this role. Undefined: it fits, or
 * there is none.
 */
export function checkBoundarySize({ account, terraform }: AnyRole): QuotaProblem | undefined {
  if (terraform?.task !== "apply" || account.boundary?.from !== "computed") return undefined;
  const size = policySize(writeBoundary(terraform.roles, account));
  if (size <= MANAGED_POLICY_QUOTA) return undefined;
  return {
    code: "boundary-too-long",
    found: `${size} characters`,
    allowed: `at most ${MANAGED_POLICY_QUOTA} in a managed policy (quota "Managed policy size")`,
    fix: `shorten the statements, use several accounts, or set your own boundary in accounts.${account.key}.permissionsBoundary`,
    message: `the boundary of all roles in account ${account.key} is ${size - MANAGED_POLICY_QUOTA} characters too long`,
  };
}
