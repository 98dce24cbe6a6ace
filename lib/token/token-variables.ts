/**
 * Where a job finds its tokens; every job has both (CircleCI docs, "Using OpenID Connect tokens in
 * jobs").
 */
export const V1_TOKEN = "CIRCLE_OIDC_TOKEN";
export const V2_TOKEN = "CIRCLE_OIDC_TOKEN_V2";

export type TokenVariable = typeof V1_TOKEN | typeof V2_TOKEN;
