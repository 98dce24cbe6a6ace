import { type Claims, conditionKeys } from "../../token/claims";
import type { Policy } from "../language/policy";
import type { CompiledPolicy } from "./compile-policy";
import { type Decision, decide } from "./decide";
import { requestKeys } from "./request";
import { unsetTokenKeys } from "./token-keys";

/** A trust policy ready to be asked about tokens, many of them quickly. */
export interface CompiledTrust {
  readonly policy: Policy;
  readonly compiled: CompiledPolicy;
}

/**
 * What a trust policy says of a token, by what AWS knows of a request before it has come: the
 * token, and nothing of where it comes from.
 * @param provider the ARN of the provider that the token comes through
 */
export function decideToken({ policy, compiled }: CompiledTrust, claims: Claims, provider: string): Decision {
  const host = claims.iss.replace(/^https:\/\//, "");
  return decide(compiled, {
    action: "sts:AssumeRoleWithWebIdentity",
    caller: { type: "Federated", arn: provider },
    // A token of ours sets these keys and no other of its issuer's; of the request around it
    // nothing is known.
    keys: requestKeys([...unsetTokenKeys(policy, host), ...conditionKeys(claims)], "open"),
  });
}
