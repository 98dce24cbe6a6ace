import { Issuers } from "./issuers";
import { jobClaims } from "./job-claims";
import { serveCircleCi } from "./server";
import { sign } from "./sign";
import type { TokenRequest } from "./token-request";

export interface LocalCircleCi {
  /** Where it answers for `https://oidc.circleci.com`. Only the door knows that; tokens name the real issuer. */
  readonly url: string;
  readonly issuers: Issuers;
  /** A job's token, signed by its organization. */
  readonly mint: (request: TokenRequest) => Promise<string>;
  readonly stop: () => Promise<void>;
}

export interface LocalCircleCiOptions {
  /** UUIDs of the organizations that have keys from the start; another gets its own when it first asks for a token. */
  readonly organizations: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Starts a CircleCI that signs tokens and publishes the keys to verify them. */
export async function startCircleCi({ organizations, now }: LocalCircleCiOptions): Promise<LocalCircleCi> {
  const issuers = new Issuers();
  await Promise.all(organizations.map((organization) => issuers.current(organization)));
  const mint = async (request: TokenRequest): Promise<string> =>
    sign(jobClaims(request, now()), await issuers.current(request.organization));
  const server = await serveCircleCi({ issuers, mint });
  return { url: server.url, issuers, mint, stop: server.stop };
}
