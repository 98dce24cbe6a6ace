import type { Grant } from "./model";

/**
 * Whether a grant lets in tokens that name no origin and no ref: V1, and both tokens of a custom
 * webhook's job. Whose code such a job runs, its token does not say: any repository's, if the
 * project passes secrets to forked pull requests (CircleCI docs, "OIDC tokens in jobs").
 */
export function takesTokensWithoutOrigin({ refs }: Pick<Grant, "refs">): boolean {
  return refs.kind === "any" && refs.tokensWithoutOrigin;
}

/** What taking such tokens means, in a few words. */
export const ANY_REPOSITORY = "any repository's code, if the project passes secrets to forks";
