import type { Phrase } from "../../../describe/phrase";
import type { PrincipalKind } from "../../context/principal-kinds";
import { PRINCIPAL_KINDS } from "../../context/principal-kinds";
import { principalPhrase, subjectOf } from "../../context/principal-names";
import { declaredAt, type Principal, partsAt } from "../../context/principals";
import type { Timeline } from "../../context/timelines";
import { handlerOf } from "../handler";

interface ExclusiveType {
  readonly principal: Principal;
  readonly type: string;
  /** The policies that it removes unless it lists them. */
  readonly policies: string;
}

/**
 * Exclusive resources that are added or removed. Nothing changes by that today; but what is added
 * by hand from then on is removed by the next deploy, or stays. A principal that is created or
 * destroyed is reported by itself.
 */
export const exclusive = handlerOf<ExclusiveType, readonly Timeline[], true>({
  name: "exclusive",
  comparison: "principals",
  itemsIn: (step, { principals }) =>
    step.source === "drift"
      ? []
      : PRINCIPAL_KINDS.flatMap((kind) => [...principals[kind].byKey.values()])
          .filter(isKept)
          .flatMap((principal) =>
            exclusiveTypesOf(principal.kind).map(([type, policies]) => ({ principal, type, policies })),
          ),
  // A resource that Terraform forgets no longer removes anything.
  normalise: ({ principal, type }, snapshot) =>
    partsAt(principal, type, snapshot).filter(({ isForgotten }) => snapshot !== "planned" || !isForgotten),
  dataOf: (resources) => resources.length > 0,
  compare: ({ before, after }) => (before.length > 0 === after.length > 0 ? undefined : true),
  describe: (_, { item: { principal, policies }, before, after }) => {
    const isAdded = after.length > 0;
    const [resource] = isAdded ? after : before;
    const who: Phrase = [`${policies} `, ...principalPhrase(principal), " outside of Terraform "];
    return {
      stack: resource?.stack ?? "",
      account: resource?.account,
      aspect: "exclusive",
      subject: subjectOf(principal),
      addresses: resource === undefined ? [] : [resource.address],
      relation: isAdded ? "narrower" : "broader",
      reasons: [],
      sentences: [
        {
          effect: isAdded ? "lost" : "gained",
          people: [],
          phrase: [
            ...who,
            isAdded ? "are now removed by the next deploy" : "are no longer removed by a deploy",
          ],
        },
      ],
    };
  },
});

function isKept(principal: Principal): boolean {
  const isThroughout =
    declaredAt(principal, "current") !== undefined && declaredAt(principal, "planned") !== undefined;
  return isThroughout || principal.declared.length === 0;
}

function exclusiveTypesOf({ inline, attached }: PrincipalKind): readonly (readonly [string, string])[] {
  return [
    ...(inline.exclusive === undefined
      ? []
      : [[inline.exclusive, "inline policies that are added to"] as const]),
    ...(attached.exclusive === undefined
      ? []
      : [[attached.exclusive, "managed policies that are attached to"] as const]),
  ];
}
