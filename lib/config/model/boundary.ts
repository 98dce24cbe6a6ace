import type { Account } from "./model";

/** Fixed, so that the policy of `apply` can name it before it is there. */
export const BOUNDARY_NAME = "cdktf-circleci-oidc-boundary";

/** The ARN of the boundary that is computed from the file. */
export function computedBoundaryArn({ id, partition }: Pick<Account, "id" | "partition">): string {
  return `arn:${partition}:iam::${id}:policy/${BOUNDARY_NAME}`;
}

/**
 * Services that hand out rights themselves. Whoever may call them can be more than any list of
 * other services says, so that no computed boundary lets them through (IAM User Guide, "Delegating
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
