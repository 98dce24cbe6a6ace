/** Where every issuer of CircleCI lives. Itself the shared root issuer, which is never registered. */
export const ISSUER_ORIGIN = "https://oidc.circleci.com";

/** The issuer that signs only this organization's tokens, without a scheme: also the prefix of AWS's condition keys (IAM User Guide, "Condition keys for AWS OIDC federation"). */
export function issuerHost(organization: string): string {
  return `oidc.circleci.com/org/${organization}`;
}

/** The token's `iss` claim (CircleCI docs, "OIDC tokens in jobs"). Never the shared root issuer: every organization can get its tokens. */
export function issuerUrl(organization: string): string {
  return `https://${issuerHost(organization)}`;
}
