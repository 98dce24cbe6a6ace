import type { Phrase } from "../../../describe/phrase";
import type { Step } from "../../context/plan-context";
import type { PrincipalKind } from "../../context/principal-kinds";
import { sayPrincipal, subjectOf } from "../../context/principal-names";
import { declaredAt, type Principal, partsAt } from "../../context/principals";
import type { Timeline } from "../../context/timelines";
import type { AccessChange } from "../../model/access-change";
import { changeOf } from "../../model/change";

/** Types of exclusive resources, each with what it keeps others from. */
function typesOf({ inline, attached }: PrincipalKind): readonly (readonly [type: string, verb: string])[] {
  return [
    ...(inline.exclusive === undefined ? [] : [[inline.exclusive, "write into "] as const]),
    ...(attached.exclusive === undefined ? [] : [[attached.exclusive, "attach to "] as const]),
  ];
}

/**
 * Exclusive resources that come in or go away. Nothing is changed by that today; but what somebody
 * adds by hand from now on is taken away by the next deploy, or stays. A principal that is new or
 * gone says it all by itself.
 */
export function exclusiveChangesOf(principal: Principal, step: Step): readonly AccessChange[] {
  if (step.source === "drift") return [];
  const isNew =
    declaredAt(principal, "current") === undefined || declaredAt(principal, "planned") === undefined;
  if (isNew && principal.declared.length > 0) return [];
  return typesOf(principal.kind).flatMap(([type, verb]) => {
    const [before, after] = [
      partsAt(principal, type, "current"),
      partsAt(principal, type, "planned").filter(isWatching),
    ];
    if (before.length > 0 === after.length > 0) return [];
    const comesIn = after.length > 0;
    return (comesIn ? after : before)
      .slice(0, 1)
      .map((timeline) => exclusiveChange(principal, timeline, verb, comesIn));
  });
}

/** Terraform does not look any more after what it forgets. */
function isWatching({ isForgotten }: Timeline): boolean {
  return !isForgotten;
}

function exclusiveChange(
  principal: Principal,
  timeline: Timeline,
  verb: string,
  comesIn: boolean,
): AccessChange {
  const { stack, address, account } = timeline;
  const who: Phrase = ["whatever somebody may ", verb, ...sayPrincipal(principal), " by hand "];
  return changeOf({
    stack,
    aspect: "exclusive",
    subject: subjectOf(principal),
    addresses: [address],
    source: "plan",
    ...(account === undefined ? {} : { account }),
    relation: comesIn ? "narrower" : "broader",
    before: !comesIn,
    after: comesIn,
    sentences: [
      {
        effect: comesIn ? "lost" : "gained",
        people: [],
        phrase: [...who, comesIn ? "is taken away by the next deploy" : "now stays: no deploy takes it away"],
      },
    ],
  });
}
