import { type Phrase, quoted } from "../../describe/phrase";
import type { Timeline } from "../context/timelines";
import type { Aspect } from "../model/access-change";
import type { Attributes } from "../model/facts";
import { type AccessHandler, handlerOf } from "./handler";

/** Resources that manage one object of AWS: two at least. */
export type SeveralManagers = readonly [Timeline, Timeline, ...Timeline[]];

interface ManagedObject {
  readonly managers: SeveralManagers;
  readonly aspect: Aspect;
  readonly subject: string;
}

export function isSeveral(resources: readonly Timeline[]): resources is SeveralManagers {
  return resources.length > 1;
}

/**
 * Objects that are managed by several resources, one of which changes: the effect could not be
 * determined. Terraform accepts two addresses for one object without a warning.
 */
export function severalManagers(
  name: string,
  itemsIn: (context: Parameters<AccessHandler["changesIn"]>[1]) => readonly ManagedObject[],
): AccessHandler {
  return handlerOf<ManagedObject, readonly (Attributes | null)[], true>({
    name,
    itemsIn: ({ source }, context) => (source === "plan" ? itemsIn(context) : []),
    normalise: ({ managers }, snapshot) => managers.map(({ at }) => at[snapshot] ?? null),
    dataOf: (attributes) => attributes,
    compare: () => true,
    describe: (_, { item: { managers, aspect, subject } }) => ({
      stack: managers[0].stack,
      aspect,
      subject,
      addresses: managers.map(({ address }) => address),
      relation: "unknown",
      sentences: [],
      reasons: [
        [
          `managed by ${managers.length === 2 ? "two" : managers.length} resources; the one that is applied last takes effect: `,
          ...listed(managers),
        ],
      ],
    }),
  });
}

function listed(managers: SeveralManagers): Phrase {
  return managers.flatMap(({ stack, address }, index) => [
    ...(index === 0 ? [] : [", "]),
    quoted(address),
    " in ",
    quoted(stack),
  ]);
}
