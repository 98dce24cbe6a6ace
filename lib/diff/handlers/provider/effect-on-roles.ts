import type { Relation } from "../../../describe/relation";
import type { Policy } from "../../../iam/language/policy";
import { parsePolicy } from "../../../iam/language/read-policy";
import { compare } from "../../../iam/prove/tokens/compare";
import { readProvider } from "../../../iam/prove/tokens/provider";
import type { PlanContext, Step } from "../../context/plan-context";
import type { Timeline } from "../../context/timelines";
import { trustAt } from "../../context/trust-policy";
import type { AccessSentence } from "../../model/access-change";
import { tokenGroupsOf } from "../../tokens/token-groups";
import { groupSentences } from "../../tokens/token-sentences";

/** What an OIDC provider takes. */
export interface Accepts {
  /** Without its scheme. */
  readonly url: string;
  readonly audiences: readonly string[];
  readonly thumbprints: readonly string[] | "later";
}

/**
 * Roles whose policy stays, and that more or fewer tokens get through to: AWS takes only tokens for
 * an audience of the provider's list (IAM User Guide, "Create an OpenID Connect identity provider
 * in IAM", audience).
 */
export function effectOnRoles(
  { account }: Timeline,
  before: Accepts | undefined,
  after: Accepts | undefined,
  step: Step,
  context: PlanContext,
): {
  readonly relations: readonly Relation[];
  readonly sentences: readonly AccessSentence[];
  readonly isPinned: boolean;
} {
  const url = (after ?? before)?.url.toLowerCase();
  const found = [...context.roles.byKey.values()].flatMap((role) => {
    const [was, is] = [trustAt(role, step.from, context), trustAt(role, step.to, context)];
    if (was.kind !== "policy" || is.kind !== "policy") return [];
    const arn = federatedIn(is.policy).find((one) => {
      const provider = readProvider(one);
      return provider?.host === url && (account === undefined || one.includes(`::${account}:`));
    });
    if (arn === undefined) return [];
    const [old, present] = [limited(is.policy, arn, before), limited(is.policy, arn, after)];
    const { relation, gained, lost } = compare(old, present, { providers: [arn] });
    return [
      {
        relation,
        sentences: [
          ...(gained === undefined
            ? []
            : groupSentences(
                tokenGroupsOf(present, old, "gained", [arn], context.access, gained),
                "gained",
                role.name,
              )),
          ...(lost === undefined
            ? []
            : groupSentences(
                tokenGroupsOf(old, present, "lost", [arn], context.access, lost),
                "lost",
                role.name,
              )),
        ],
      },
    ];
  });
  return {
    relations: found.map(({ relation }) => relation),
    sentences: found.flatMap(({ sentences }) => sentences),
    isPinned:
      found.length > 0 && found.every(({ relation }) => relation === "same" || relation === "narrower"),
  };
}

function federatedIn({ statements }: Policy): readonly string[] {
  return statements.flatMap(({ principals }) =>
    (principals?.members ?? []).flatMap(({ type, text }) => (type === "Federated" ? [text] : [])),
  );
}

/** The policy with the provider's own restriction as an additional statement. */
function limited(policy: Policy, arn: string, accepts: Accepts | undefined): Policy {
  const host = readProvider(arn)?.host ?? "";
  const { audiences = [] } = accepts ?? {};
  const Condition =
    audiences.length === 0 ? {} : { Condition: { StringNotEquals: { [`${host}:aud`]: audiences } } };
  const Statement = {
    Effect: "Deny",
    Principal: { Federated: arn },
    Action: "sts:AssumeRoleWithWebIdentity",
    ...Condition,
  };
  const { statements } = parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement }));
  return { ...policy, statements: [...policy.statements, ...statements] };
}
