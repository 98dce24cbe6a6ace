import { remembered } from "../../../collections/remembered";
import { hasGrant } from "../../../config/model/grants";
import type { AnyRole, Grant, Role } from "../../../config/model/model";
import { providerArn } from "../../language/arns";
import { type PolicyDocument, policySize, printPolicy } from "../../language/document";
import { trustForms } from "./trust-forms";

/**
 * The trust policy of a role: exactly the granted tokens, in the most readable form that fits.
 * @param grant its lists are sorted, so the same grant gives the same bytes
 * @param provider ARN of the account's OIDC provider for the organization's own issuer
 * @param quota characters of compact JSON that the account allows; if no form fits, the shortest is
 * returned
 */
export function writeTrustPolicy(grant: Grant, provider: string, quota: number): PolicyDocument {
  const policies = trustForms(grant).map(
    ({ conditions }): PolicyDocument => ({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: provider },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: conditions,
        },
      ],
    }),
  );
  const fitting = policies.find((policy) => policySize(policy) <= quota);
  return fitting ?? policies.reduce((left, right) => (policySize(right) < policySize(left) ? right : left));
}

/** The same for a role in its account. */
export function trustPolicyOf({ grant, account }: Pick<Role, "grant" | "account">): PolicyDocument {
  return writeTrustPolicy(grant, providerArn(account, grant), account.trustPolicyQuota);
}

const TEXTS = new WeakMap<AnyRole, string>();

/**
 * The text of a role's trust policy as it goes to AWS, computed once for each role: the file's text
 * for a hand-written role or a kept wording, otherwise written from the grant.
 */
export function trustTextOf(role: AnyRole): string {
  return remembered(TEXTS, role, () =>
    hasGrant(role) ? (role.trust?.text ?? printPolicy(trustPolicyOf(role))) : role.trust.text,
  );
}
