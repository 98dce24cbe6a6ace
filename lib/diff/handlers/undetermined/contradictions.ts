import type { AccessFacts } from "../../model/facts";
import { handlerOf } from "../handler";

type Contradiction = AccessFacts["contradictions"][number] & { readonly stack: string };

const WHY = {
  twice: "the plan lists it twice, which Terraform never does",
  "no-op-differs":
    "its action is no-op, but its planned values differ from the current ones, which Terraform never writes",
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
