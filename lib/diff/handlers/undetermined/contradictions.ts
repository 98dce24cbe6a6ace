import type { AccessFacts } from "../../model/facts";
import { handlerOf } from "../handler";

type Contradiction = AccessFacts["contradictions"][number] & { readonly stack: string };

const WHY = {
  twice: "the plan names it twice, and Terraform writes no such plan",
  "no-op-differs":
    "its action is no-op, and what is there differs from what is planned: Terraform writes no such plan",
} as const;

/** Resources of which a plan contradicts itself: what Terraform will do is not determined. */
export const contradictions = handlerOf<Contradiction, Contradiction["why"] | null, true>({
  name: "contradictions",
  itemsIn: ({ source }, { plans }) =>
    source === "drift"
      ? []
      : plans.flatMap(({ review: { name: stack }, facts }) =>
          facts.contradictions.map((one) => ({ ...one, stack })),
        ),
  normalise: ({ why }, snapshot) => (snapshot === "planned" ? null : why),
  dataOf: (why) => why,
  compare: () => true,
  describe: (_, { item: { stack, address, why } }) => ({
    stack,
    aspect: "permissions",
    subject: address,
    addresses: [address],
    relation: "unknown",
    sentences: [],
    reasons: [[WHY[why]]],
  }),
});
