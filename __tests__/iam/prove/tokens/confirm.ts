import type { Grant } from "../../../../lib/config/model/model";
import { parsePolicy } from "../../../../lib/iam/language/read-policy";
import { type Proof, proveTrustPolicy } from "../../../../lib/iam/prove/tokens/prove-trust-policy";
import type { Witness } from "../../../../lib/iam/prove/tokens/witness";
import { isMeant } from "../../meaning";
import { withoutEmpty } from "./mutations";
import { type Context, judgeOf, type PolicyJson } from "./reference";

/** The keys that AWS sets from the claims of a witness. */
export function contextOf({ claims }: Witness): Context {
  const { iss, aud, sub, "oidc.circleci.com/project-id": project } = claims;
  const prefix = iss.replace("https://", "").toLowerCase();
  const entries: readonly (readonly [string, string | readonly string[] | undefined])[] = [
    [`${prefix}:aud`, aud],
    [`${prefix}:sub`, sub],
    [`${prefix}:oidc.circleci.com/project-id`, project],
  ];
  return new Map(
    entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, [value].flat()] as const])),
  );
}

/**
 * Proves, and has every witness confirmed by those who know nothing of the prover: the meaning in
 * words, and AWS's reading.
 */
export function proveConfirmed(written: PolicyJson, grant: Grant, provider: string): Proof {
  const policy = { ...written, Statement: written.Statement.map(withoutEmpty) };
  const proof = proveTrustPolicy(parsePolicy(JSON.stringify(policy)), grant, provider);
  if (proof.result === "unknown") return proof;
  const judge = judgeOf(policy);
  const verdict = (witness: Witness): object => ({
    witness,
    admitted: judge(witness.provider, contextOf(witness)),
    meant: isMeantToken(grant, witness),
  });
  if (proof.result === "equal") return proof;
  const { intruder, lockedOut } = proof;
  if (intruder !== undefined) {
    expect(verdict(intruder)).toEqual({ witness: intruder, admitted: true, meant: false });
  }
  if (lockedOut !== undefined) {
    expect(verdict(lockedOut)).toEqual({ witness: lockedOut, admitted: false, meant: true });
  }
  return proof;
}

function isMeantToken(grant: Grant, { claims: { iss, aud, sub } }: Witness): boolean {
  const audiences = [aud ?? []].flat();
  return sub !== undefined && audiences.some((one) => isMeant(grant, { iss, aud: one, sub }));
}
