import type { Policy, Statement } from "../../language/policy";
import type { Provider } from "../../prove/tokens/provider";

/** What is known about the surroundings of a policy. Everything is optional. */
export interface AuditContext {
  /** CircleCI ids of our own organizations, projects and people. */
  readonly organizations?: readonly string[];
  readonly projects?: readonly string[];
  readonly people?: readonly string[];
  /** Hosts of CircleCI Server: issuers that are CircleCI's though their names do not say so. */
  readonly servers?: readonly string[];
  /** Audiences that tokens have besides the organization's id. */
  readonly audiences?: readonly string[];
  /** ARNs of all OIDC providers of the account. */
  readonly providers?: readonly string[];
  /** Whether the role is an administrator, or can become one. Asked only where it matters. */
  readonly isAdmin?: () => boolean;
}

/** The subject of a rule: a policy and one of CircleCI's providers that it applies to. */
export interface Subject {
  readonly policy: Policy;
  readonly provider: Provider;
  /** The Allow statements that name the provider. */
  readonly allows: readonly Statement[];
  readonly context: AuditContext;
}

/** The organization whose tokens the provider signs; undefined for the shared issuer. */
export function organizationIn({ provider: { circleci } }: Subject): string | undefined {
  return circleci === undefined || circleci === "shared" ? undefined : circleci.organization;
}
