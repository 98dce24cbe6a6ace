import { hasGrant } from "./granted-roles";
import type { Account, AnyRole, Organization } from "./model";

/**
 * The audiences of an account's provider: every one that a role in the account asks for or the
 * account names, sorted. An account without roles still gets the organization's own: AWS wants one
 * at least (IAM API Reference, CreateOpenIDConnectProvider, ClientIDList).
 */
export function audiencesOf(
  { audience }: Organization,
  { provider }: Account,
  roles: readonly AnyRole[],
): readonly string[] {
  const asked = [...provider.audiences, ...roles.filter(hasGrant).map(({ grant }) => grant.audience)];
  return asked.length === 0 ? [audience] : [...new Set(asked)].sort();
}
