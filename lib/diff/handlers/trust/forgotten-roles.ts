import { isTouched } from "../../context/plan-context";
import { type PolicyReading, policyData } from "../../context/policy-reading";
import type { Principal } from "../../context/principals";
import type { Timeline } from "../../context/timelines";
import { trustAt } from "../../context/trust-policy";
import { handlerOf } from "../handler";

interface ForgottenRole {
  readonly role: Principal;
  readonly timeline: Timeline;
}

/** Roles that Terraform forgets: they stay as they are, and later changes are in no plan. */
export const forgottenRoles = handlerOf<ForgottenRole, PolicyReading, true>({
  name: "forgotten-roles",
  comparison: "principals",
  itemsIn: (step, { roles }) =>
    step.source === "drift"
      ? []
      : [...roles.byKey.values()].flatMap((role) => {
          const timeline = role.declared.find((one) => one.timeline.isForgotten)?.timeline;
          const isPlanned = role.declared.some((one) => isTouched(one.timeline, step));
          return timeline === undefined || !isPlanned ? [] : [{ role, timeline }];
        }),
  normalise: ({ role }, _, context, step) => trustAt(role, step.to, context),
  dataOf: (reading) => policyData(reading),
  compare: () => true,
  describe: (_, { item: { role, timeline } }) => ({
    stack: timeline.stack,
    account: timeline.account,
    aspect: "trust",
    subject: role.name,
    addresses: [timeline.address],
    relation: "same",
    sentences: [],
    reasons: [["Terraform forgets it: it remains in AWS, and later plans do not show changes to it"]],
  }),
});
