import { joinPhrases, type Phrase, quoted } from "../../../describe/phrase";
import type { PlanContext, Step } from "../../context/plan-context";
import { PRINCIPAL_KINDS } from "../../context/principal-kinds";
import { sayPrincipal } from "../../context/principal-names";
import { partsAt } from "../../context/principals";
import type { Timeline } from "../../context/timelines";
import type { AccessChange } from "../../model/access-change";
import { changeOf } from "../../model/change";
import { effectivePoliciesAt } from "../../permissions/effective-policies";

const TYPE = "aws_iam_policy_attachment";

/**
 * An `aws_iam_policy_attachment` that comes in, or takes another policy: it manages all attachments
 * of its policy in the account, and takes it from whoever it does not list (AWS provider,
 * `aws_iam_policy_attachment`, warning). Who that is outside of the plans, nobody can say.
 */
export function policyAttachmentChangesOf(step: Step, context: PlanContext): readonly AccessChange[] {
  if (step.source !== "plan") return [];
  return (context.byType.get(TYPE) ?? []).filter(isTaking).map((one) => changeIn(one, context));
}

function isTaking({ at, isPlanned }: Timeline): boolean {
  const [before, after] = [at.current?.policy_arn, at.planned?.policy_arn];
  return isPlanned && after !== undefined && JSON.stringify(before ?? null) !== JSON.stringify(after);
}

function changeIn(timeline: Timeline, context: PlanContext): AccessChange {
  const { stack, address, account, at } = timeline;
  const value = at.planned?.policy_arn;
  const policy =
    value === undefined ? undefined : context.managed.of(value, timeline, "policy_arn", "planned");
  const name = policy !== undefined && "name" in policy ? policy.name : address;
  const others = policy !== undefined && "id" in policy ? holdersBeside(timeline, policy.id, context) : [];
  return changeOf({
    stack,
    aspect: "exclusive",
    subject: name,
    addresses: [address],
    source: "plan",
    relation: "unknown",
    ...(account === undefined ? {} : { account }),
    reason: [
      "from the next apply on, ",
      quoted(address),
      " takes policy ",
      quoted(name),
      " from every user, group and role that it does not list; who else has it is not in the plan",
      ...(others.length === 0 ? [] : [", beside ", ...joinPhrases(others, ", ")]),
    ],
    sentences: [],
    before: at.current ?? null,
    after: at.planned ?? null,
  });
}

/** Principals of the plans that have the policy, and that the attachment does not list. */
function holdersBeside(timeline: Timeline, policy: string, context: PlanContext): readonly Phrase[] {
  return PRINCIPAL_KINDS.flatMap((kind) =>
    [...context.principals[kind].byKey.values()]
      .filter((one) => !partsAt(one, TYPE, "planned").includes(timeline))
      .filter((one) =>
        effectivePoliciesAt(one, "planned", context)?.identity.some(
          ({ kind: by, id }) => by === "attached" && id === policy,
        ),
      )
      .map(sayPrincipal),
  );
}
