import { randomUUID } from "node:crypto";
import { base64url, exportSPKI, importJWK, SignJWT, UnsecuredJWT } from "jose";
import { issuerUrl } from "../../../lib/token/issuer";
import type { Issuers } from "./issuers";
import { jobClaims, TOKEN_SECONDS, type TokenClaims } from "./job-claims";
import { makeSigningKey, sign } from "./signing-key";
import type { TokenRequest } from "./token-request";

/**
 * What an attacker has: a job whose token would be accepted, CircleCI's published keys, and another
 * organization on CircleCI.
 */
interface Forger {
  readonly job: TokenRequest;
  readonly issuers: Issuers;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A token that AWS must reject although the role trusts the job that it names. */
export interface Forgery {
  readonly name: string;
  /** Description for people. */
  readonly title: string;
  /** Error code of AWS (STS API Reference, AssumeRoleWithWebIdentity, Errors). */
  readonly code: "InvalidIdentityToken" | "ExpiredTokenException" | "ValidationError";
  readonly make: (forger: Forger) => Promise<string>;
}

/** The attacker's organization. CircleCI signs tokens for it as for every organization. */
const FORGERS_ORGANIZATION = "f0f0f0f0-0000-4000-8000-00000000f0f0";

async function own({ job, issuers, now }: Forger, change: Partial<TokenClaims>): Promise<string> {
  return sign({ ...jobClaims(job, now), ...change }, await issuers.current(job.organization));
}

function plain(claims: TokenClaims): Record<string, unknown> {
  return { ...claims };
}

/** The clocks may differ by 5 minutes. These tokens are an hour off. */
const HOUR = TOKEN_SECONDS;

export const FORGERIES: readonly Forgery[] = [
  {
    name: "expired",
    title: "a valid token, an hour after it expired",
    code: "ExpiredTokenException",
    make: (forger) => {
      const then = Math.floor(forger.now / 1_000) - 2 * HOUR;
      return own(forger, { iat: then, exp: then + HOUR });
    },
  },
  {
    name: "not-yet-valid",
    title: "a token that is valid in an hour",
    code: "InvalidIdentityToken",
    make: (forger) => {
      const then = Math.floor(forger.now / 1_000) + HOUR;
      return own(forger, { iat: then, nbf: then, exp: then + HOUR });
    },
  },
  {
    name: "wrong-issuer",
    title: "a CircleCI token of another organization that names our project",
    code: "InvalidIdentityToken",
    make: async ({ job, issuers, now }) =>
      sign(
        { ...jobClaims(job, now), iss: issuerUrl({ ...job, organization: FORGERS_ORGANIZATION }) },
        await issuers.current(FORGERS_ORGANIZATION),
      ),
  },
  {
    name: "wrong-audience",
    title: "a valid token of the job with another audience",
    code: "InvalidIdentityToken",
    make: (forger) => own(forger, { aud: "https://example.com" }),
  },
  {
    name: "unknown-key",
    title: "a token signed with a key that CircleCI has not published",
    code: "InvalidIdentityToken",
    make: async ({ job, now }) => sign(jobClaims(job, now), await makeSigningKey()),
  },
  {
    name: "borrowed-key-id",
    title: "a token signed with such a key under the ID of a published key",
    code: "InvalidIdentityToken",
    make: async ({ job, issuers, now }) => {
      const { kid } = await issuers.current(job.organization);
      return sign(jobClaims(job, now), { ...(await makeSigningKey()), kid });
    },
  },
  {
    name: "key-of-another-issuer",
    title: "a token of our organization, signed with the key of another organization",
    code: "InvalidIdentityToken",
    make: async ({ job, issuers, now }) =>
      sign(jobClaims(job, now), await issuers.current(FORGERS_ORGANIZATION)),
  },
  {
    name: "alg-none",
    title: "an unsigned token (`alg: none`)",
    code: "InvalidIdentityToken",
    make: async ({ job, now }) => new UnsecuredJWT(plain(jobClaims(job, now))).encode(),
  },
  {
    name: "hs256-public-key",
    title: "a token signed with the public key as an HMAC secret",
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
    title: "a valid token of another user, whose user was changed after signing",
    code: "InvalidIdentityToken",
    make: async ({ job, issuers, now }) => {
      const claims = jobClaims(job, now);
      const other = jobClaims({ ...job, user: randomUUID() }, now);
      const token = await sign(other, await issuers.current(job.organization));
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
