import type { Organization, Role } from "./model";

/**
 * The audiences of an account's provider: every one that a role in the account asks for, sorted. An account without roles still gets the
 * organization's own: AWS wants one at least (IAM API Reference, CreateOpenIDConnectProvider, ClientIDList).
 */
export function audiencesOf({ audience }: Organization, roles: readonly Role[]): readonly string[] {
  const asked = roles.map(({ grant }) => grant.audience);
  return asked.length === 0 ? [audience] : [...new Set(asked)].sort();
}
