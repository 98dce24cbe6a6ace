import { stableId } from "../collections/stable-id";
import {
  auditTrustPolicy,
  circleciProvidersIn,
  concernsCircleCi,
  type Reach,
  reachOf,
} from "../iam/audit/audit-trust-policy";
import type { AuditContext } from "../iam/audit/core/context";
import { type Finding, finding, textAt } from "../iam/audit/core/finding";
import { isOfCircleCi } from "../iam/audit/core/names-circleci";
import { possibleServersIn } from "../iam/audit/core/possible-servers";
import { others } from "../iam/audit/rules/provider-rules";
import type { AwsPolicies } from "../iam/data/managed-policies";
import type { Policy, Statement } from "../iam/language/policy";
import { hasAdministratorAccess } from "../iam/risk/administrator-access";
import { NO_SECRETS } from "../plan/sensitive/masking";
import type { Acceptance } from "../project/acceptance";
import type { AuditedRole } from "./found/audited-role";
import { withhold } from "./withhold";

export interface RoleFinding extends Finding {
  readonly role: string;
  readonly file: string;
  /** The id by which it is accepted: it changes if anything in the finding changes. */
  readonly acceptId: string;
  /** Undefined: it is not accepted. */
  readonly accepted?: Pick<Acceptance, "until" | "reason">;
}

export interface RoleAudit {
  readonly findings: readonly RoleFinding[];
  /**
   * `nobody`: it names CircleCI, but allows none of its tokens. `undecided`: it could not be
   * determined which tokens it allows; it may be all.
   */
  readonly verdict: "circleci" | "nobody" | "other" | "undecided";
  /** Whether it trusts identity providers that are not CircleCI's, which are not audited. */
  readonly trustsOtherIssuers: boolean;
}

/**
 * The findings of one role, without the values that its input marks as sensitive.
 * @param aws what the managed policies of AWS contain
 */
export function auditRole(role: AuditedRole, known: AuditContext, aws: AwsPolicies): RoleAudit {
  const { file, path, policy, permissions, providers, mask = NO_SECRETS } = role;
  const context: AuditContext = {
    ...known,
    ...(permissions === undefined ? {} : { isAdmin: () => hasAdministratorAccess(permissions(aws)) }),
    ...(providers === undefined ? {} : { providers }),
  };
  const found = findingsOf(role, context);
  const isUndecided = found.some(({ id }) => id === "policy-not-decided");
  const { servers = [] } = context;
  const name = mask(role.name);
  return {
    findings: found.map((one) => {
      const whole = shown({ ...one, path: one.path === "" ? path : within(path, one.path) }, role);
      const safe = withhold(whole, role);
      const meaning =
        safe === whole && policy !== undefined
          ? [textAt(policy, one.path), federatedIn(policy)]
          : [safe.path];
      return { ...safe, role: name, file, acceptId: acceptIdOf(safe, name, meaning) };
    }),
    verdict: isUndecided || policy === undefined ? "undecided" : VERDICTS[reachOf(policy, servers)],
    trustsOtherIssuers: policy !== undefined && trustsOthers(policy, servers),
  };
}

const VERDICTS = {
  allows: "circleci",
  "allows-none": "nobody",
  "not-decided": "undecided",
  "other-issuer": "other",
} as const satisfies Readonly<Record<Reach, RoleAudit["verdict"]>>;

/** A finding with the input's own placeholders in its texts. */
function shown(found: Finding, { show }: AuditedRole): Finding {
  if (show === undefined) return found;
  const { message, counterexample, corrected } = found;
  return {
    ...found,
    message: show(message),
    ...(counterexample === undefined
      ? {}
      : { counterexample: { ...counterexample, provider: show(counterexample.provider) } }),
    ...(corrected === undefined ? {} : { corrected: show(corrected) }),
  };
}

function findingsOf({ path, policy, unreadable }: AuditedRole, context: AuditContext): readonly Finding[] {
  if (policy === undefined)
    return [
      finding("policy-not-decided", path, `the allowed tokens could not be determined: ${unreadable ?? ""}`),
    ];
  if (concernsCircleCi(policy, context.servers)) return auditTrustPolicy(policy, context);
  // A policy that allows everyone allows CircleCI's tokens too, without naming CircleCI.
  return policy.statements.some(letsInEverybody) ? others(policy) : [];
}

function letsInEverybody({ effect, principals }: Statement): boolean {
  return (
    effect === "Allow" && (principals?.negated === true || principals?.members.some(isEverybody) === true)
  );
}

function isEverybody({ type, text }: { readonly type: string; readonly text: string }): boolean {
  return text === "*" && type !== "Service";
}

function trustsOthers(policy: Policy, servers: readonly string[]): boolean {
  const circleci = [...circleciProvidersIn(policy, servers), ...possibleServersIn(policy, servers)].map(
    ({ arn }) => arn,
  );
  return policy.statements.some(
    ({ effect, principals }) =>
      effect === "Allow" &&
      principals?.negated === false &&
      principals.members.some(
        (one) =>
          one.type === "Federated" &&
          one.text !== "*" &&
          !circleci.includes(one.text) &&
          // A misspelled CircleCI provider has a finding of its own.
          !isOfCircleCi(one),
      ),
  );
}

/** Provider ARNs, which distinguish roles of one name in two accounts. */
function federatedIn({ statements }: Policy): readonly string[] {
  const members = statements.flatMap(({ principals }) => principals?.members ?? []);
  return [...new Set(members.flatMap(({ type, text }) => (type === "Federated" ? [text] : [])))].sort();
}

/** Paths in a policy that is a text in its document begin at the policy. */
function within(root: string, path: string): string {
  return root === "" || path.startsWith(root) ? path : `${root}.${path}`;
}

/**
 * The id by which a finding is accepted, such as `finding-3f9c2a1b04de`. It does not depend on the
 * input, so that a plan and the deployed role have the same id for the same finding.
 * @param meaning the subject of the finding beside its message, without sensitive values
 */
export function acceptIdOf({ id, message }: Finding, role: string, meaning: readonly unknown[]): string {
  return stableId("finding", [id, role, message, meaning]);
}
