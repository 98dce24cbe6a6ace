import { type Claims, conditionKeys } from "../../token/claims";
import type { Policy } from "../language/policy";
import type { CompiledPolicy } from "./compile-policy";
import { type Decision, decide } from "./decide";
import { requestKeys } from "./request";
import { unsetTokenKeys } from "./token-keys";

/** A trust policy compiled to decide many tokens quickly. */
export interface CompiledTrust {
  readonly policy: Policy;
  readonly compiled: CompiledPolicy;
}

/**
 * A trust policy's decision on a token. All other keys of the request, such as its source IP
 * address, are open.
 * @param provider the ARN of the provider that the token comes through
 * @param at the time of the request: ISO 8601 in UTC, to the second. Undefined: it is open
 */
export function decideToken(
  { policy, compiled }: CompiledTrust,
  claims: Claims,
  provider: string,
  at?: string,
): Decision {
  const host = claims.iss.replace(/^https:\/\//, "");
  return decide(compiled, {
    action: "sts:AssumeRoleWithWebIdentity",
    caller: { type: "Federated", arn: provider },
    // The token sets these keys and no other keys of its issuer. The other keys of the request are
    // open.
    keys: requestKeys([...unsetTokenKeys(policy, host), ...timeKeys(at), ...conditionKeys(claims)], "open"),
  });
}

/** The time of the request, under both of its names. */
function timeKeys(at: string | undefined): readonly (readonly [string, string])[] {
  if (at === undefined) return [];
  return [
    ["aws:CurrentTime", at],
    ["aws:EpochTime", String(Math.floor(Date.parse(at) / 1_000))],
  ];
}
