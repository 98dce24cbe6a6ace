/**
 * Where the issuers of CircleCI's cloud live. Itself the shared root issuer, which is never
 * registered.
 */
const CLOUD = "oidc.circleci.com";

/** Who signs the tokens of an organization. */
export interface Issuer {
  /** CircleCI's organization UUID. */
  readonly organization: string;
  /**
   * The host of an installation of CircleCI Server, such as `circleci.acme.example`. Undefined:
   * CircleCI's cloud.
   */
  readonly server?: string;
}

/** The issuer of an organization of access.yaml. */
export function issuerOf({ id, server }: { readonly id: string; readonly server?: string }): Issuer {
  return { organization: id, ...(server === undefined ? {} : { server }) };
}

/**
 * The beginning of every issuer of the cloud, or of a server (support.circleci.com, 13832176226203:
 * `https://<server>/org/<ORG>`).
 */
export function issuerOrigin({ server = CLOUD }: Pick<Issuer, "server">): string {
  return `https://${server}`;
}

/**
 * The issuer that signs only this organization's tokens, without a scheme: also the prefix of AWS's
 * condition keys (IAM User Guide, "Condition keys for AWS OIDC federation").
 */
export function issuerHost({ organization, server = CLOUD }: Issuer): string {
  return `${server}/org/${organization}`;
}

/**
 * The token's `iss` claim (CircleCI docs, "OIDC tokens in jobs"). Never the shared root issuer:
 * every organization can get its tokens.
 */
export function issuerUrl(issuer: Issuer): string {
  return `https://${issuerHost(issuer)}`;
}

/**
 * Whether the issuer is the cloud's: of its tokens alone AWS documents the condition key of
 * CircleCI's project id. @param host without `https://`
 */
export function isCloudIssuer(host: string): boolean {
  return host.toLowerCase() === CLOUD || host.toLowerCase().startsWith(`${CLOUD}/`);
}
