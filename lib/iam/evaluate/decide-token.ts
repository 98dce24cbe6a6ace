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
 */
export function decideToken({ policy, compiled }: CompiledTrust, claims: Claims, provider: string): Decision {
  const host = claims.iss.replace(/^https:\/\//, "");
  return decide(compiled, {
    action: "sts:AssumeRoleWithWebIdentity",
    caller: { type: "Federated", arn: provider },
    // The token sets these keys and no other keys of its issuer. The other keys of the request are
    // open.
    keys: requestKeys([...unsetTokenKeys(policy, host), ...conditionKeys(claims)], "open"),
  });
}
