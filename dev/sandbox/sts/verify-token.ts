import { compactVerify, createLocalJWKSet, decodeJwt, decodeProtectedHeader, errors } from "jose";
import { z } from "zod";
import type { LiveProvider } from "../account/account";
import type { AwsFault } from "../protocol/aws-fault";

/**
 * Signature algorithms that AWS supports (STS API Reference, AssumeRoleWithWebIdentity,
 * WebIdentityToken).
 */
const ALGORITHMS = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"];
/**
 * How far `iat` and `nbf` can be in the future, in seconds. The value is inferred; AWS does not
 * document one. `exp` has no tolerance: a token 198 s past its `exp` was rejected
 * (awslabs/aws-orbit-workbench, issue 707).
 */
const AHEAD_SECONDS = 300;

/** Claims that AWS uses. Times are whole seconds (WebIdentityToken: "integer or long integer"). */
const claimsSchema = z.looseObject({
  iss: z.string().startsWith("https://"),
  sub: z.string().min(1),
  aud: z.union([z.string().min(1), z.array(z.string()).min(1)]),
  exp: z.int(),
  iat: z.int(),
  nbf: z.int().optional(),
  "oidc.circleci.com/project-id": z.string().optional(),
});
type VerifiedClaims = z.infer<typeof claimsSchema>;

const discoverySchema = z.looseObject({ issuer: z.string(), jwks_uri: z.string() });
const keySetSchema = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })) });

export interface Verified {
  readonly claims: VerifiedClaims;
  readonly provider: LiveProvider;
  /** The audience of the token that is in the list of the provider. */
  readonly audience: string;
}

interface TokenVerification {
  /** The account's identity provider for an issuer without `https://`. */
  readonly providerOf: (host: string) => Promise<LiveProvider | undefined>;
  /** Fetches JSON from the issuer. Undefined: it cannot be fetched. */
  readonly fetchJson: (url: string) => Promise<unknown>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Verifies a token before any role is considered. No claim is trusted until the signature has been
 * verified.
 */
export async function verifyToken(
  token: string,
  verification: TokenVerification,
): Promise<Verified | AwsFault> {
  const claims = readClaims(token);
  if (claims === undefined)
    return invalid(
      "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
    );
  const provider = await verification.providerOf(claims.iss.slice("https://".length));
  if (provider === undefined)
    return invalid(`No OpenIDConnect provider found in your account for ${claims.iss}`);
  const refused =
    (await verifySignature(token, claims.iss, verification)) ?? checkTime(claims, verification.now);
  if (refused !== undefined) return refused;
  const audience = [claims.aud].flat().find((one) => provider.audiences.includes(one));
  if (audience === undefined) return invalid("Incorrect token audience");
  return { claims, provider, audience };
}

function readClaims(token: string): VerifiedClaims | undefined {
  try {
    decodeProtectedHeader(token);
    return claimsSchema.safeParse(decodeJwt(token)).data;
  } catch {
    return undefined;
  }
}

async function verifySignature(
  token: string,
  issuer: string,
  { fetchJson }: TokenVerification,
): Promise<AwsFault | undefined> {
  const discovery = discoverySchema.safeParse(await fetchJson(`${issuer}/.well-known/openid-configuration`));
  if (!discovery.success) return UNREACHABLE;
  if (discovery.data.issuer !== issuer) return NO_KEY;
  const keySet = keySetSchema.safeParse(await fetchJson(discovery.data.jwks_uri));
  if (!keySet.success) return UNREACHABLE;
  try {
    await compactVerify(token, createLocalJWKSet(keySet.data), { algorithms: ALGORITHMS });
    return undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError) return NO_KEY;
    throw error;
  }
}

function checkTime({ exp, iat, nbf = iat }: VerifiedClaims, now: number): AwsFault | undefined {
  const seconds = Math.floor(now / 1_000);
  if (seconds >= exp) {
    const message = `Token expired: current date/time ${seconds} must be before the expiration date/time ${exp}`;
    return { status: 400, code: "ExpiredTokenException", message };
  }
  if (Math.max(iat, nbf) > seconds + AHEAD_SECONDS)
    return invalid(`Token is not valid yet: current date/time ${seconds}, issued ${iat}, not before ${nbf}`);
  return undefined;
}

function invalid(message: string): AwsFault {
  return { status: 400, code: "InvalidIdentityToken", message };
}

const NO_KEY = invalid(
  "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements",
);
/** STS API Reference, AssumeRoleWithWebIdentity, Errors. */
const UNREACHABLE: AwsFault = {
  status: 400,
  code: "IDPCommunicationError",
  message: "The identity provider that was asked to verify the incoming identity token could not be reached",
};
