import { isCloudIssuer } from "./issuer";

/**
 * The claims of a CircleCI token that decide what it may do (CircleCI docs, "OIDC tokens in jobs");
 * others are of no use to AWS.
 */
export interface Claims {
  /** `https://oidc.circleci.com/org/<ORG>`, or `https://<server>/org/<ORG>`. */
  readonly iss: string;
  readonly aud?: string | readonly string[];
  readonly sub?: string;
  readonly "oidc.circleci.com/project-id"?: string;
}

/**
 * The condition keys that STS sets from the claims, by their whole names. A claim that AWS does not
 * know sets none.
 */
export type ConditionKeys = readonly (readonly [key: string, value: string | readonly string[]])[];

/**
 * What a trust policy can ask of a token: its audience, its subject and, since February 2026,
 * CircleCI's project id; nothing of its origin, ref, contexts or of a rerun over SSH (IAM User
 * Guide, "Available keys for AWS OIDC federation").
 */
export function conditionKeys({ iss, aud, sub, ...others }: Claims): ConditionKeys {
  const prefix = iss.replace(/^https:\/\//, "");
  // AWS documents the key for the cloud's issuer; whether it sets it for a CircleCI Server's is not
  // known.
  const project = isCloudIssuer(prefix) ? others["oidc.circleci.com/project-id"] : undefined;
  return [
    ...(aud === undefined ? [] : [[`${prefix}:aud`, aud] as const]),
    ...(sub === undefined ? [] : [[`${prefix}:sub`, sub] as const]),
    ...(project === undefined ? [] : [[`${prefix}:oidc.circleci.com/project-id`, project] as const]),
  ];
}

/**
 * Where a job finds its tokens; every job has both (CircleCI docs, "Using OpenID Connect tokens in
 * jobs").
 */
export const V1_TOKEN = "CIRCLE_OIDC_TOKEN";
export const V2_TOKEN = "CIRCLE_OIDC_TOKEN_V2";

export type TokenVariable = typeof V1_TOKEN | typeof V2_TOKEN;
