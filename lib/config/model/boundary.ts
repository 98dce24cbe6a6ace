import type { Account } from "./model";

/** Fixed, so that the policies of a role with `apply` can refer to it before it exists. */
export const BOUNDARY_NAME = "cdktf-circleci-oidc-boundary";

/** The ARN of the computed boundary. */
export function computedBoundaryArn({ id, partition }: Pick<Account, "id" | "partition">): string {
  return `arn:${partition}:iam::${id}:policy/${BOUNDARY_NAME}`;
}

/**
 * Services whose actions manage permissions or credentials. A principal that may call them can
 * escalate its privileges, so the computed boundary denies them (IAM User Guide, "Delegating
 * responsibility to others using permissions boundaries").
 */
export const PERMISSIONS_MANAGEMENT_SERVICES = [
  "account",
  "iam",
  "identitystore",
  "organizations",
  "sso",
  "sts",
] as const;
