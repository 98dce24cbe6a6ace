import {
  auditTrustPolicy,
  circleciProvidersIn,
  concernsCircleCi,
  type Reach,
  reachOf,
} from "../iam/audit/audit-trust-policy";
import type { AuditContext } from "../iam/audit/core/context";
import { type Finding, finding } from "../iam/audit/core/finding";
import { isOfCircleCi } from "../iam/audit/core/names-circleci";
import { possibleServersIn } from "../iam/audit/core/possible-servers";
import { textAt } from "../iam/audit/core/text-at";
import { others } from "../iam/audit/rules/provider-rules";
import type { Policy, Statement } from "../iam/language/policy";
import { NO_SECRETS } from "../plan/sensitive/masking";
import type { Acceptance } from "../project/acceptance";
import { acceptIdOf } from "./accept-id";
import type { AuditedRole } from "./audited-role";
import { withhold } from "./withhold";

export interface RoleFinding extends Finding {
  readonly role: string;
  readonly file: string;
  /** By what it is accepted: another one as soon as anything of the finding differs. */
  readonly acceptId: string;
  /** Undefined: nobody has accepted it. */
  readonly accepted?: Pick<Acceptance, "until" | "reason">;
}

export interface JudgedRole {
  readonly findings: readonly RoleFinding[];
  /**
   * `nobody`: it names CircleCI, and lets in none of its tokens. `undecided`: who gets in could not
   * be said; it may be anybody.
   */
  readonly verdict: "circleci" | "nobody" | "other" | "undecided";
  /**
   * Whether it trusts identity providers that are not CircleCI's, of which nothing is said here.
   */
  readonly trustsOtherIssuers: boolean;
}

/** What is to be said of one role. Values that its input marks as sensitive are in none of it. */
export function judgeRole(role: AuditedRole, known: AuditContext): JudgedRole {
  const { file, path, policy, isAdmin, providers, mask = NO_SECRETS } = role;
  const context: AuditContext = {
    ...known,
    ...(isAdmin === undefined ? {} : { isAdmin }),
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
  "lets-in": "circleci",
  "lets-nobody-in": "nobody",
  "not-decided": "undecided",
  "another's": "other",
} as const satisfies Readonly<Record<Reach, JudgedRole["verdict"]>>;

/** A finding with its texts as the input would write them. */
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
    return [finding("policy-not-decided", path, `who gets in is not known: ${unreadable ?? ""}`)];
  if (concernsCircleCi(policy, context.servers)) return auditTrustPolicy(policy, context);
  // Whoever lets everybody in lets in CircleCI's tokens too, though it names none of them.
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
          // What is meant to be CircleCI's has a finding of its own.
          !isOfCircleCi(one),
      ),
  );
}

/** ARNs of providers, which tell roles of one name in two accounts apart. */
function federatedIn({ statements }: Policy): readonly string[] {
  const members = statements.flatMap(({ principals }) => principals?.members ?? []);
  return [...new Set(members.flatMap(({ type, text }) => (type === "Federated" ? [text] : [])))].sort();
}

/** Paths of a policy that was text in its document begin at the policy itself. */
function within(root: string, path: string): string {
  return root === "" || path.startsWith(root) ? path : `${root}.${path}`;
}
