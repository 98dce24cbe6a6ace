import { isTouched } from "../../context/plan-context";
import { PRINCIPAL_KINDS } from "../../context/principal-kinds";
import { resourceKey, type UnresolvedOwner } from "../../context/principals";
import type { Attributes } from "../../model/facts";
import { handlerOf } from "../handler";
import { allData, undetermined } from "./attributes-data";

/** Policies, attachments and the like whose role, user, group or permission set is not resolved. */
export const unresolvedOwners = handlerOf<UnresolvedOwner, Attributes | undefined, true>({
  name: "unresolved-owners",
  comparison: "principals",
  itemsIn: (step, { principals }) =>
    PRINCIPAL_KINDS.flatMap((kind) => principals[kind].unresolved).filter(({ timeline }) =>
      isTouched(timeline, step),
    ),
  normalise: ({ timeline }, snapshot) => timeline.at[snapshot],
  dataOf: allData,
  compare: () => true,
  describe: (_, { item: { timeline, why } }) => ({
    ...undetermined(timeline, resourceKey(timeline.stack, timeline.address)),
    reasons: [[why]],
  }),
  describeDrift: () => [],
});
