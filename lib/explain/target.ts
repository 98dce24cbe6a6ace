import { grantingPart, hasGrant } from "../config/model/grants";
import type { Grant, Project, Role } from "../config/model/model";
import { writeMoment } from "../config/rules/moment";
import { describeDeploys } from "../describe/deploys";
import { type CompiledPolicy, compilePolicy } from "../iam/evaluate/compile-policy";
import type { Policy } from "../iam/language/policy";
import { parsePolicy } from "../iam/language/read-policy";
import { providersOf } from "../iam/prove/tokens/principals";
import { trustTextOf } from "../iam/write/trust/trust-policy";
import type { OwnRole } from "./question";

/** A trust policy in question. */
export interface Target {
  /** The name of the role in IAM, or of the file. */
  readonly name: string;
  readonly policy: Policy;
  readonly compiled: CompiledPolicy;
  /** True: the role is in access.yaml, and its trust policy is hand-written. */
  readonly isHandWritten?: true;
  /**
   * The grant in access.yaml, to which the policy is proven equivalent. Undefined: the policy is
   * hand-written, or is not from access.yaml.
   */
  readonly own?: {
    readonly project: Project;
    readonly role: Role;
    readonly grant: Grant;
    /** The time of the request: ISO 8601 in UTC, to the second. Undefined: any time. */
    readonly at?: string;
  };
  /** The same for the decision of the policy. Undefined: what depends on the time is open. */
  readonly at?: string;
  /**
   * What the role deploys, a line a preset. Undefined: nothing, or the policy is not of
   * access.yaml.
   */
  readonly deploys?: readonly string[];
  /** The identity provider for the tokens of an issuer. @param host without `https://` */
  readonly providerFor: (host: string) => string;
}

/** @param at the time of the request: ISO 8601 in UTC, to the second. Default: now */
export function ownTarget({ project, role }: OwnRole, at: string = writeMoment(Date.now())): Target {
  const policy = parsePolicy(trustTextOf(role));
  const [own] = grantingPart(project);
  return {
    name: role.name,
    policy,
    compiled: compilePolicy(policy),
    at,
    ...(hasGrant(role) ? {} : { isHandWritten: true }),
    ...(own === undefined || !hasGrant(role) ? {} : { own: { project: own, role, grant: role.grant, at } }),
    ...(role.deploys === undefined ? {} : { deploys: describeDeploys(role.deploys) }),
    providerFor: (host) => providerArnOf(role.account.partition, role.account.id, host),
  };
}

/**
 * A policy that is not from access.yaml. Its identity provider is the one that it names for the
 * token's issuer, or else one that it does not name.
 * @param at the time of the request. Undefined: what depends on it is open
 */
export function foreignTarget(name: string, policy: Policy, at?: string): Target {
  const providers = providersOf([policy], []);
  return {
    name,
    policy,
    compiled: compilePolicy(policy),
    ...(at === undefined ? {} : { at }),
    providerFor: (host) =>
      providers.find((provider) => provider.host === host.toLowerCase())?.arn ??
      providerArnOf("aws", "000000000000", host),
  };
}

function providerArnOf(partition: string, account: string, host: string): string {
  return `arn:${partition}:iam::${account}:oidc-provider/${host}`;
}
