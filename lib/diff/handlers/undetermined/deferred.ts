import { deferredReasonOf } from "../../../plan/reasons";
import { textAt } from "../../context/timelines";
import { aspectOf } from "../../coverage/compared-attributes";
import type { Attributes, DeferredResource } from "../../model/facts";
import { handlerOf } from "../handler";

/** Attributes that name the subject of a resource, in the order in which they are tried. */
const SUBJECT_ATTRIBUTES = [
  ...["role", "role_name", "user", "user_name", "group", "group_name", "permission_set_arn"],
  ...["bucket", "url", "name"],
];

/**
 * Resources that matter for access and are deferred to a later plan: unknown, however much of them
 * can be read. They are not part of this plan, and the next plan has not been reviewed.
 */
export const deferred = handlerOf<
  DeferredResource & { readonly stack: string },
  Attributes | undefined,
  true
>({
  name: "deferred",
  itemsIn: ({ source }, { plans }) =>
    source === "drift"
      ? []
      : plans.flatMap(({ review: { name: stack }, facts }) =>
          facts.deferred.map((one) => ({ ...one, stack })),
        ),
  normalise: ({ resource: { before, after } }, snapshot) => (snapshot === "planned" ? after : before),
  dataOf: (attributes) => attributes ?? null,
  compare: () => true,
  describe: (_, { item: { stack, reason, resource }, before, after }) => {
    const { type, address, account } = resource;
    const names = SUBJECT_ATTRIBUTES.map(
      (attribute) => textAt(after, attribute) ?? textAt(before, attribute),
    );
    return {
      stack,
      account,
      aspect: aspectOf(type),
      subject: names.find((one) => one !== undefined) ?? address,
      addresses: [address],
      relation: "unknown",
      sentences: [],
      reasons: [["deferred to a later plan: ", ...deferredReasonOf(reason)]],
    };
  },
});
