import { Issuers } from "./issuers";
import { jobClaims } from "./job-claims";
import { serveCircleCi } from "./server";
import { sign } from "./signing-key";
import type { TokenRequest } from "./token-request";

export interface LocalCircleCi {
  /**
   * The URL that stands in for `https://oidc.circleci.com`. Tokens name the real issuer; only the
   * proxy resolves it to this URL.
   */
  readonly url: string;
  readonly issuers: Issuers;
  /** Hosts of CircleCI Server that it has issued tokens for. It serves their keys too. */
  readonly servers: ReadonlySet<string>;
  /** Issues the token of a job, signed by its organization. */
  readonly mint: (request: TokenRequest) => Promise<string>;
  readonly stop: () => Promise<void>;
}

interface LocalCircleCiOptions {
  /**
   * UUIDs of the organizations that have keys from the start. Other organizations get keys with
   * their first token.
   */
  readonly organizations: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Starts a local CircleCI, which issues tokens and publishes the keys to verify them. */
export async function startCircleCi({ organizations, now }: LocalCircleCiOptions): Promise<LocalCircleCi> {
  const issuers = new Issuers();
  await Promise.all(organizations.map((organization) => issuers.current(organization)));
  const servers = new Set<string>();
  const mint = async (request: TokenRequest): Promise<string> => {
    if (request.server !== undefined) servers.add(request.server);
    return sign(jobClaims(request, now()), await issuers.current(request.organization));
  };
  const server = await serveCircleCi({ issuers, mint });
  return { url: server.url, issuers, servers, mint, stop: server.stop };
}
