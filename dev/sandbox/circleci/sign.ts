import { SignJWT } from "jose";
import type { SigningKey } from "./signing-key";

/** Signs claims as CircleCI does: RS256, with the key's id in the header. */
export function sign(claims: Readonly<Record<string, unknown>>, key: SigningKey): Promise<string> {
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: "RS256", kid: key.kid, typ: "JWT" })
    .sign(key.privateKey);
}
