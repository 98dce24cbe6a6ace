import type { AccessChange } from "../../model/access-change";
import { changeOf } from "../../model/change";
import type { ReadPlan } from "../../read-plan";

const WHY = {
  twice: "the plan names it twice, and Terraform writes no such plan",
  "no-op-differs":
    "its action is no-op, and what is there differs from what is planned: Terraform writes no such plan",
} as const;

/**
 * Where a plan contradicts itself nobody can say what Terraform will do, whatever the resource is.
 */
export function contradictionChangesOf(plans: readonly ReadPlan[]): readonly AccessChange[] {
  return plans.flatMap(({ review: { name }, facts: { contradictions } }) =>
    contradictions.map(({ address, why }) =>
      changeOf({
        stack: name,
        aspect: "permissions",
        subject: address,
        addresses: [address],
        source: "plan",
        relation: "unknown",
        reason: [WHY[why]],
        sentences: [],
        before: why,
        after: null,
      }),
    ),
  );
}
