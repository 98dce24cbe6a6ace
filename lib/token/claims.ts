import { isCloudIssuer } from "./issuer";

/** The claims of a CircleCI token that AWS evaluates (CircleCI docs, "OIDC tokens in jobs"). */
export interface Claims {
  /** `https://oidc.circleci.com/org/<ORG>`, or `https://<server>/org/<ORG>`. */
  readonly iss: string;
  readonly aud?: string | readonly string[];
  readonly sub?: string;
  readonly "oidc.circleci.com/project-id"?: string;
}

/** The condition keys that STS sets from the claims, by their full names. */
type ConditionKeys = readonly (readonly [key: string, value: string | readonly string[]])[];

/**
 * What a trust policy can compare: the token's audience, its subject and, since February 2026,
 * CircleCI's project ID. Origin, ref, contexts and a rerun over SSH have no condition key (IAM User
 * Guide, "Available keys for AWS OIDC federation").
 */
export function conditionKeys({ iss, aud, sub, ...others }: Claims): ConditionKeys {
  const prefix = iss.replace(/^https:\/\//, "");
  // AWS documents the key for the cloud's issuer only.
  const project = isCloudIssuer(prefix) ? others["oidc.circleci.com/project-id"] : undefined;
  return [
    ...(aud === undefined ? [] : [[`${prefix}:aud`, aud] as const]),
    ...(sub === undefined ? [] : [[`${prefix}:sub`, sub] as const]),
    ...(project === undefined ? [] : [[`${prefix}:oidc.circleci.com/project-id`, project] as const]),
  ];
}

/**
 * The environment variables with a job's tokens; every job has both (CircleCI docs, "Using OpenID
 * Connect tokens in jobs").
 */
export const V1_TOKEN = "CIRCLE_OIDC_TOKEN";
export const V2_TOKEN = "CIRCLE_OIDC_TOKEN_V2";

export type TokenVariable = typeof V1_TOKEN | typeof V2_TOKEN;
