import { joinPhrases, type Phrase, quoted } from "../../../describe/phrase";
import type { PlanContext } from "../../context/plan-context";
import { PRINCIPAL_KINDS } from "../../context/principal-kinds";
import { principalPhrase } from "../../context/principal-names";
import { partsAt } from "../../context/principals";
import type { Timeline } from "../../context/timelines";
import type { Attributes } from "../../model/facts";
import { effectivePoliciesAt } from "../../permissions/effective-policies";
import { handlerOf } from "../handler";

const TYPE = "aws_iam_policy_attachment";

/**
 * An `aws_iam_policy_attachment` that is added, or takes another policy: it manages all attachments
 * of its policy in the account, and detaches it from every principal that it does not list (AWS
 * provider, `aws_iam_policy_attachment`, warning). Which principals those are outside of the plans
 * is not known.
 */
export const policyAttachments = handlerOf<Timeline, Attributes | undefined, true>({
  name: "policy-attachments",
  comparison: "principals",
  itemsIn: (step, { byType }) =>
    step.source === "plan" ? (byType.get(TYPE) ?? []).filter(({ isPlanned }) => isPlanned) : [],
  normalise: ({ at }, snapshot) => at[snapshot],
  dataOf: (attributes) => attributes ?? null,
  compare: ({ before, after }) => {
    const [old, present] = [before?.policy_arn, after?.policy_arn];
    const isSame = JSON.stringify(old ?? null) === JSON.stringify(present);
    return present === undefined || isSame ? undefined : true;
  },
  describe: (_, { item: timeline, after, context }) => {
    const { stack, address, account } = timeline;
    const value = after?.policy_arn;
    const policy =
      value === undefined ? undefined : context.managed.of(value, timeline, "policy_arn", "planned");
    const name = policy !== undefined && "name" in policy ? policy.name : address;
    const others = policy !== undefined && "id" in policy ? othersWith(timeline, policy.id, context) : [];
    return {
      stack,
      account,
      aspect: "exclusive",
      subject: name,
      addresses: [address],
      relation: "unknown",
      sentences: [],
      reasons: [
        [
          quoted(address),
          " detaches policy ",
          quoted(name),
          " from every user, group and role that it does not list, also from those that are not in the plan",
          ...(others.length === 0 ? [] : ["; of these plans: ", ...joinPhrases(others, ", ")]),
        ],
      ],
    };
  },
});

/** Principals of the plans that have the policy, and that the attachment does not list. */
function othersWith(timeline: Timeline, policy: string, context: PlanContext): readonly Phrase[] {
  return PRINCIPAL_KINDS.flatMap((kind) =>
    [...context.principals[kind].byKey.values()]
      .filter((one) => !partsAt(one, TYPE, "planned").includes(timeline))
      .filter((one) =>
        effectivePoliciesAt(one, "planned", context)?.identity.some(
          ({ kind: by, id }) => by === "attached" && id === policy,
        ),
      )
      .map(principalPhrase),
  );
}
