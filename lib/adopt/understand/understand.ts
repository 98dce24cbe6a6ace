import type { Account, Grant } from "../../config/model/model";
import { ProjectError } from "../../errors";
import { auditTrustPolicy } from "../../iam/audit/audit-trust-policy";
import type { Finding } from "../../iam/audit/core/finding";
import { providerArn } from "../../iam/language/arns";
import { printPolicy } from "../../iam/language/document";
import type { Policy } from "../../iam/language/policy";
import { parsePolicy } from "../../iam/language/read-policy";
import { isSamePolicy } from "../../iam/language/same-policy";
import { compare } from "../../iam/prove/tokens/compare";
import type { Counterexample } from "../../iam/prove/tokens/counterexample";
import { findAllowed } from "../../iam/prove/tokens/find-allowed";
import { proveTrustPolicy } from "../../iam/prove/tokens/prove-trust-policy";
import { type Provider, readProvider } from "../../iam/prove/tokens/provider";
import { ofProject } from "../../iam/prove/tokens/subject-kinds";
import { writeTrustPolicy } from "../../iam/write/trust/trust-policy";
import { candidatesFor, projectsNamedIn } from "./candidates";
import type { Known } from "./known";

/** What a trust policy says, in the terms of access.yaml. */
export type Understanding = ExactTrust | HandWrittenTrust;

/** It allows exactly the tokens of a grant, by proof. */
interface ExactTrust {
  readonly kind: "exact";
  readonly grant: Grant;
  /**
   * `ours`: Terraform sees no difference between this text and the one that is written from the
   * grant. `kept`: it does.
   */
  readonly wording: "ours" | "kept";
}

/** It allows tokens that no grant describes exactly. */
interface HandWrittenTrust {
  readonly kind: "hand-written";
  /** Why: no grant fits, it trusts other issuers, or it could not be read or decided. */
  readonly reason: string;
  /** Unintended access that the audit reports. */
  readonly findings: readonly Finding[];
  /** UUID of the organization whose provider it trusts; undefined: none of the file, or several. */
  readonly organization?: string;
  /** UUID of the only project whose tokens it allows; undefined: several, or unknown. */
  readonly project?: string;
  readonly nearest?: NearestGrant;
}

/** The grant that is closest to a hand-written trust policy. */
export interface NearestGrant {
  readonly grant: Grant;
  /** The present trust policy, and the one written from the grant. */
  readonly present: Policy;
  readonly policy: Policy;
  /** A token that would lose access. */
  readonly lost?: Counterexample;
  /** A token that would gain access; a grant without one is preferred. */
  readonly gained?: Counterexample;
}

/** Larger than every trust policy. */
const NO_QUOTA = Number.MAX_SAFE_INTEGER;

/**
 * Finds the grant that a trust policy expresses, in terms of the organization whose provider it
 * trusts; of the first one, if it trusts none of the file's.
 * @param text JSON
 * @param known of each organization; at least one
 * @param options `isAdmin`: whether the role is an administrator, or can become one
 */
export function understand(
  text: string,
  account: Account,
  known: readonly Known[],
  options: { readonly isAdmin?: boolean } = {},
): Understanding {
  const policy = readOrReason(text);
  const trusted = typeof policy === "string" ? [] : known.filter((one) => trusts(policy, account, one));
  const [first, ...others] = trusted;
  const own = first ?? known[0];
  if (own === undefined) throw new Error("access.yaml has no organization");
  for (const one of others.length === 0 ? [] : trusted) {
    const understood = understandIn(text, account, one, options);
    if (understood.kind === "exact") return understood;
  }
  const understood = understandIn(text, account, own, options);
  if (understood.kind === "exact") return understood;
  if (others.length > 0) {
    const reason = `it trusts the OIDC providers of ${trusted.length} organizations of access.yaml`;
    return { ...understood, reason };
  }
  return first === undefined ? understood : { ...understood, organization: first.organization };
}

/** Whether a statement names the account's provider for the organization. */
function trusts(policy: Policy, account: Account, known: Known): boolean {
  const arn = providerArn(account, known);
  return policy.statements.some(({ principals }) =>
    principals?.members.some(({ type, text }) => type === "Federated" && text === arn),
  );
}

/**
 * Candidates come from the values that the policy names; only a proof accepts one.
 */
function understandIn(
  text: string,
  account: Account,
  known: Known,
  { isAdmin = false }: { readonly isAdmin?: boolean },
): Understanding {
  const policy = readOrReason(text);
  if (typeof policy === "string") return { kind: "hand-written", reason: policy, findings: [] };
  const arn = providerArn(account, known);
  const { servers, issuers, audiences, projects } = known.file;
  const provider = readProvider(arn, servers) ?? arn;
  const candidates = candidatesFor(policy, known);
  for (const grant of candidates) {
    if (proveTrustPolicy(policy, grant, arn).result !== "equal") continue;
    const ours = printPolicy(writeTrustPolicy(grant, arn, account.trustPolicyQuota));
    return { kind: "exact", grant, wording: isSamePolicy(text, ours) ? "ours" : "kept" };
  }
  const project = onlyProject(policy, provider);
  const isOpen = findAllowed(policy, provider).result !== "none";
  const nearest = isOpen ? nearestOf(policy, candidates, provider) : undefined;
  return {
    kind: "hand-written",
    reason: reasonFor(policy, { arn, provider, servers, isOnly: issuers.length === 1 }),
    findings: auditTrustPolicy(policy, {
      organizations: issuers.map(({ organization }) => organization),
      servers,
      projects: [...new Set([...projects, ...known.projects.map(({ id }) => id)])],
      audiences: [...new Set([...audiences, ...known.projects.map(({ audience }) => audience)])],
      providers: issuers.map((issuer) => providerArn(account, issuer)),
      isAdmin: () => isAdmin,
    }),
    ...(project === undefined ? {} : { project }),
    ...(nearest === undefined ? {} : { nearest }),
  };
}

function readOrReason(text: string): Policy | string {
  try {
    return parsePolicy(text);
  } catch (error) {
    if (error instanceof ProjectError) return `it could not be read: ${error.message}`;
    throw error;
  }
}

interface Own {
  readonly arn: string;
  readonly provider: string | Provider;
  /** Hosts of CircleCI Server. */
  readonly servers: readonly string[];
  /** Whether the file has one organization. */
  readonly isOnly: boolean;
}

function reasonFor(policy: Policy, { arn: own, provider, servers, isOnly }: Own): string {
  const foreign = federatedIn(policy, servers).find((arn) => arn !== own);
  if (foreign !== undefined)
    return isOnly
      ? `it trusts another OIDC provider, ${foreign}`
      : `it trusts ${foreign}, the OIDC provider of no organization in access.yaml`;
  const allowed = findAllowed(policy, provider);
  if (allowed.result === "none") return "it allows no token from CircleCI";
  if (allowed.result === "unknown")
    return `the tokens that it allows could not be determined: ${allowed.reason}`;
  return "no list of people, branches and tags of one project describes it exactly";
}

/** CircleCI's providers that the policy names, in any spelling. */
function federatedIn(policy: Policy, servers: readonly string[]): readonly string[] {
  const hosts = ["oidc.circleci.com", ...servers];
  return policy.statements
    .flatMap(({ principals }) => principals?.members ?? [])
    .filter(
      ({ type, text }) => type === "Federated" && hosts.some((host) => text.toLowerCase().includes(host)),
    )
    .map(({ text }) => text);
}

/** The only project whose tokens the policy allows, by proof that it allows no other. */
function onlyProject(policy: Policy, provider: string | Provider): string | undefined {
  const [only, ...others] = projectsNamedIn(policy);
  if (only === undefined || others.length > 0) return undefined;
  const elsewhere = findAllowed(policy, provider, { unlike: ofProject(only) });
  return elsewhere.result === "none" ? only : undefined;
}

function arnOf(provider: string | Provider): string {
  return typeof provider === "string" ? provider : provider.arn;
}

/** The first candidate under which no token gains access, or else the first that is comparable. */
function nearestOf(
  policy: Policy,
  candidates: readonly Grant[],
  provider: string | Provider,
): NearestGrant | undefined {
  let second: NearestGrant | undefined;
  for (const grant of candidates) {
    const own = parsePolicy(printPolicy(writeTrustPolicy(grant, arnOf(provider), NO_QUOTA)));
    const { relation, lost, gained } = compare(policy, own, { providers: [provider] });
    if (relation === "unknown") continue;
    const near = {
      grant,
      present: policy,
      policy: own,
      ...(lost === undefined ? {} : { lost }),
      ...(gained === undefined ? {} : { gained }),
    };
    if (gained === undefined) return near;
    second ??= near;
  }
  return second;
}
