import type { Grant, Role } from "../../../lib/config/model/model";
import { providerArn } from "../../../lib/iam/language/arns";
import type { PolicyDocument } from "../../../lib/iam/language/document";
import { issuerHost } from "../../../lib/token/issuer";

/**
 * A trust policy that pins a branch as CircleCI's documentation shows it: any user, the owner's
 * repositories, the branch at the end ("OIDC tokens in jobs", "Restricting access with the V2
 * token", Aug 2026).
 * @param ref such as `refs/heads/main`
 */
export function documentedPin(
  { grant, account }: Pick<Role, "grant" | "account">,
  ref: string,
): PolicyDocument {
  const host = issuerHost(grant);
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: providerArn(account, grant) },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { [`${host}:aud`]: grant.audience },
          StringLike: { [`${host}:sub`]: documentedPattern(grant, ref) },
        },
      },
    ],
  };
}

/** Its pattern for the subject. */
export function documentedPattern({ organization, project, repository }: Grant, ref: string): string {
  const owner = repository.replace(/\/[^/]*$/, "");
  return `org/${organization}/project/${project}/user/*/vcs-origin/${owner}/*/vcs-ref/${ref}`;
}
