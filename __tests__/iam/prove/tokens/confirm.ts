import type { Grant } from "../../../../lib/config/model/model";
import { parsePolicy } from "../../../../lib/iam/language/read-policy";
import type { Counterexample } from "../../../../lib/iam/prove/tokens/counterexample";
import { type Proof, proveTrustPolicy } from "../../../../lib/iam/prove/tokens/prove-trust-policy";
import { isMeant } from "../../meaning";
import { withoutEmpty } from "./mutations";
import { type Context, judgeOf, type PolicyJson } from "./reference";

/** The keys that AWS sets from the claims of a counterexample. */
export function contextOf({ claims }: Counterexample): Context {
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
 * Proves, and has every counterexample confirmed by those who know nothing of the prover: the
 * meaning in words, and AWS's reading.
 */
export function proveConfirmed(written: PolicyJson, grant: Grant, provider: string): Proof {
  const policy = { ...written, Statement: written.Statement.map(withoutEmpty) };
  const proof = proveTrustPolicy(parsePolicy(JSON.stringify(policy)), grant, provider);
  if (proof.result === "unknown") return proof;
  const judge = judgeOf(policy);
  const verdict = (counterexample: Counterexample): object => ({
    counterexample,
    allowed: judge(counterexample.provider, contextOf(counterexample)),
    meant: isMeantToken(grant, counterexample),
  });
  if (proof.result === "equal") return proof;
  const { wronglyAllowed, wronglyDenied } = proof;
  if (wronglyAllowed !== undefined) {
    expect(verdict(wronglyAllowed)).toEqual({ counterexample: wronglyAllowed, allowed: true, meant: false });
  }
  if (wronglyDenied !== undefined) {
    expect(verdict(wronglyDenied)).toEqual({ counterexample: wronglyDenied, allowed: false, meant: true });
  }
  return proof;
}

function isMeantToken(grant: Grant, { claims: { iss, aud, sub } }: Counterexample): boolean {
  const audiences = [aud ?? []].flat();
  return sub !== undefined && audiences.some((one) => isMeant(grant, { iss, aud: one, sub }));
}
