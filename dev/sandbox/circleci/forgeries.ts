import { randomUUID } from "node:crypto";
import { base64url, exportSPKI, importJWK, SignJWT, UnsecuredJWT } from "jose";
import { issuerUrl } from "../../../lib/token/issuer";
import type { Issuers } from "./issuers";
import { jobClaims, TOKEN_SECONDS, type TokenClaims } from "./job-claims";
import { makeSigningKey, sign } from "./signing-key";
import type { TokenRequest } from "./token-request";

/**
 * What a forger has: a job whose token would be good, CircleCI's published keys, and an
 * organization of his own there.
 */
export interface Forger {
  readonly job: TokenRequest;
  readonly issuers: Issuers;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A token that AWS must turn away, though the job that it speaks of may well assume the role. */
export interface Forgery {
  readonly name: string;
  /** One sentence for people. */
  readonly title: string;
  /** What AWS answers (STS API Reference, AssumeRoleWithWebIdentity, Errors). */
  readonly code: "InvalidIdentityToken" | "ExpiredTokenException" | "ValidationError";
  readonly make: (forger: Forger) => Promise<string>;
}

/** An organization of the forger's own, which CircleCI signs for like for any other. */
export const FORGERS_ORGANIZATION = "f0f0f0f0-0000-4000-8000-00000000f0f0";

async function own({ job, issuers, now }: Forger, change: Partial<TokenClaims>): Promise<string> {
  return sign({ ...jobClaims(job, now), ...change }, await issuers.current(job.organization));
}

function plain(claims: TokenClaims): Record<string, unknown> {
  return { ...claims };
}

/** A token allows 5 minutes of difference between clocks at most; these lie an hour off. */
const HOUR = TOKEN_SECONDS;

export const FORGERIES: readonly Forgery[] = [
  {
    name: "expired",
    title: "a good token, an hour after it ran out",
    code: "ExpiredTokenException",
    make: (forger) => {
      const then = Math.floor(forger.now / 1_000) - 2 * HOUR;
      return own(forger, { iat: then, exp: then + HOUR });
    },
  },
  {
    name: "not-yet-valid",
    title: "a token that begins in an hour",
    code: "InvalidIdentityToken",
    make: (forger) => {
      const then = Math.floor(forger.now / 1_000) + HOUR;
      return own(forger, { iat: then, nbf: then, exp: then + HOUR });
    },
  },
  {
    name: "wrong-issuer",
    title: "another organization's CircleCI token, signed by CircleCI, that speaks of our project",
    code: "InvalidIdentityToken",
    make: async ({ job, issuers, now }) =>
      sign(
        { ...jobClaims(job, now), iss: issuerUrl({ ...job, organization: FORGERS_ORGANIZATION }) },
        await issuers.current(FORGERS_ORGANIZATION),
      ),
  },
  {
    name: "wrong-audience",
    title: "a good token of the job for somebody else than AWS",
    code: "InvalidIdentityToken",
    make: (forger) => own(forger, { aud: "https://example.com" }),
  },
  {
    name: "unknown-key",
    title: "a token signed with a key that CircleCI never published",
    code: "InvalidIdentityToken",
    make: async ({ job, now }) => sign(jobClaims(job, now), await makeSigningKey()),
  },
  {
    name: "borrowed-key-id",
    title: "the same, under the id of a key that is published",
    code: "InvalidIdentityToken",
    make: async ({ job, issuers, now }) => {
      const { kid } = await issuers.current(job.organization);
      return sign(jobClaims(job, now), { ...(await makeSigningKey()), kid });
    },
  },
  {
    name: "key-of-another-issuer",
    title: "a token in our organization's name, signed with another organization's key",
    code: "InvalidIdentityToken",
    make: async ({ job, issuers, now }) =>
      sign(jobClaims(job, now), await issuers.current(FORGERS_ORGANIZATION)),
  },
  {
    name: "alg-none",
    title: "a token without a signature, which says that it needs none",
    code: "InvalidIdentityToken",
    make: async ({ job, now }) => new UnsecuredJWT(plain(jobClaims(job, now))).encode(),
  },
  {
    name: "hs256-public-key",
    title: "a token signed with the public key as a password",
    code: "InvalidIdentityToken",
    make: async ({ job, issuers, now }) => {
      const { kid, publicJwk } = await issuers.current(job.organization);
      const key = await importJWK(publicJwk, "RS256", { extractable: true });
      if (key instanceof Uint8Array) throw new Error("an RSA key is no secret");
      const pem = new TextEncoder().encode(await exportSPKI(key));
      return new SignJWT(plain(jobClaims(job, now))).setProtectedHeader({ alg: "HS256", kid }).sign(pem);
    },
  },
  {
    name: "tampered",
    title: "a good token of somebody else's, with the user changed afterwards",
    code: "InvalidIdentityToken",
    make: async ({ job, issuers, now }) => {
      const claims = jobClaims(job, now);
      const stranger = jobClaims({ ...job, user: randomUUID() }, now);
      const token = await sign(stranger, await issuers.current(job.organization));
      const [header, , signature] = token.split(".");
      return [header, base64url.encode(JSON.stringify(claims)), signature].join(".");
    },
  },
  {
    name: "oversized",
    title: "a token of more than 20,000 characters",
    code: "ValidationError",
    make: (forger) => own(forger, { padding: "x".repeat(20_000) }),
  },
];
