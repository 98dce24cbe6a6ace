/** The host of CircleCI's cloud issuers, and itself the shared root issuer, which is never used. */
const CLOUD = "oidc.circleci.com";

/** The issuer of an organization's tokens. */
export interface Issuer {
  /** CircleCI's organization UUID. */
  readonly organization: string;
  /**
   * The host of a CircleCI Server, such as `circleci.acme.example`. Undefined: CircleCI's cloud.
   */
  readonly server?: string;
}

/** The issuer of an organization of access.yaml. */
export function issuerOf({ id, server }: { readonly id: string; readonly server?: string }): Issuer {
  return { organization: id, ...(server === undefined ? {} : { server }) };
}

/**
 * The origin of the issuers of the cloud or of a server (support.circleci.com, 13832176226203:
 * `https://<server>/org/<ORG>`).
 */
export function issuerOrigin({ server = CLOUD }: Pick<Issuer, "server">): string {
  return `https://${server}`;
}

/**
 * The issuer of this organization's tokens alone, without a scheme; also the prefix of the
 * condition keys (IAM User Guide, "Condition keys for AWS OIDC federation").
 */
export function issuerHost({ organization, server = CLOUD }: Issuer): string {
  return `${server}/org/${organization}`;
}

/**
 * The token's `iss` claim (CircleCI docs, "OIDC tokens in jobs"). Never the shared root issuer,
 * whose tokens every organization can get.
 */
export function issuerUrl(issuer: Issuer): string {
  return `https://${issuerHost(issuer)}`;
}

/**
 * Whether the issuer is the cloud's. AWS documents the condition key of CircleCI's project ID for
 * its tokens only. @param host without `https://`
 */
export function isCloudIssuer(host: string): boolean {
  return host.toLowerCase() === CLOUD || host.toLowerCase().startsWith(`${CLOUD}/`);
}
