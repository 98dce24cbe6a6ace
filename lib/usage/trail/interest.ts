import type { Access } from "../../config/model/model";
import { isCloudIssuer, issuerHost, issuerOf } from "../../token/issuer";

/** What is looked for in the records; plain data, so that it can be sent to another thread. */
export interface Interest {
  /** The roles of access.yaml as `ACCOUNT/NAME`: IAM has a role's name once in an account. */
  readonly roles: readonly string[];
  /** Hosts of CircleCI Server, in lower case. Every issuer of the cloud counts in any case. */
  readonly servers: readonly string[];
  /** ISO 8601 in UTC: older records do not count. Undefined: all do. */
  readonly since?: string;
}

/** What access.yaml asks the records. */
export function interestOf(
  { projects, organizations }: Pick<Access, "projects" | "organizations">,
  since?: string,
): Interest {
  return {
    ...(since === undefined ? {} : { since }),
    roles: projects.flatMap(({ roles }) => roles.map(({ account, name }) => roleIn(account.id, name))),
    servers: serversOf({ organizations }),
  };
}

/** See `Interest.servers`. */
export function serversOf({ organizations }: Pick<Access, "organizations">): readonly string[] {
  return organizations.flatMap(({ server }) => (server === undefined ? [] : [server.toLowerCase()]));
}

/** A role by its account and name; its path is not part of a session's ARN. */
export function roleIn(account: string, name: string): string {
  return `${account}/${name}`;
}

const ROLE = /^arn:[a-z-]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;

/** The account and the name of a role's ARN. Undefined: it is not the ARN of a role. */
export function roleOfArn(arn: string): { readonly account: string; readonly name: string } | undefined {
  const [, account, name] = ROLE.exec(arn) ?? [];
  return account === undefined || name === undefined ? undefined : { account, name };
}

/**
 * Whether a provider is CircleCI's.
 * @param provider its ARN, or the issuer with or without `https://`
 */
export function isCircleCi(provider: string, { servers }: Pick<Interest, "servers">): boolean {
  const host = providerHost(provider).toLowerCase();
  return isCloudIssuer(host) || servers.some((server) => host.startsWith(`${server}/`));
}

/** `oidc.circleci.com/org/…` of a provider's ARN. */
export function providerHost(provider: string): string {
  return provider.replace(/^arn:[^/]*:oidc-provider\//, "").replace(/^https:\/\//, "");
}

/** The hosts of access.yaml's own issuers. */
export function ownHosts({ organizations }: Pick<Access, "organizations">): readonly string[] {
  return organizations.map((organization) => issuerHost(issuerOf(organization)));
}
