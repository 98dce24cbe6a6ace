import { grantingPart, hasGrant } from "../config/model/grants";
import type { Grant, Project, Role } from "../config/model/model";
import { type CompiledPolicy, compilePolicy } from "../iam/evaluate/compile-policy";
import type { Policy } from "../iam/language/policy";
import { parsePolicy } from "../iam/language/read-policy";
import { providersOf } from "../iam/prove/tokens/principals";
import { trustTextOf } from "../iam/write/trust/trust-policy";
import type { OwnRole } from "./question";

/** A trust policy that is asked about. */
export interface Target {
  /** The role's name in IAM, or the file's. */
  readonly name: string;
  readonly policy: Policy;
  readonly compiled: CompiledPolicy;
  /** True: the role is in access.yaml, and its trust policy is not written from there. */
  readonly isHandWritten?: true;
  /**
   * What access.yaml says, which the policy is proven to say; undefined for a hand-written policy
   * and one from elsewhere.
   */
  readonly own?: { readonly project: Project; readonly role: Role; readonly grant: Grant };
  /**
   * The provider that a token of this issuer comes through. @param host the issuer without
   * `https://`
   */
  readonly providerFor: (host: string) => string;
}

export function ownTarget({ project, role }: OwnRole): Target {
  const policy = parsePolicy(trustTextOf(role));
  const [own] = grantingPart(project);
  return {
    name: role.name,
    policy,
    compiled: compilePolicy(policy),
    ...(hasGrant(role) ? {} : { isHandWritten: true }),
    ...(own === undefined || !hasGrant(role) ? {} : { own: { project: own, role, grant: role.grant } }),
    providerFor: (host) => providerArnOf(role.account.partition, role.account.id, host),
  };
}

/**
 * A policy from elsewhere: a token comes through the provider that it names for the issuer, or
 * through one that it does not name.
 */
export function foreignTarget(name: string, policy: Policy): Target {
  const providers = providersOf([policy], []);
  return {
    name,
    policy,
    compiled: compilePolicy(policy),
    providerFor: (host) =>
      providers.find((provider) => provider.host === host.toLowerCase())?.arn ??
      providerArnOf("aws", "000000000000", host),
  };
}

function providerArnOf(partition: string, account: string, host: string): string {
  return `arn:${partition}:iam::${account}:oidc-provider/${host}`;
}
