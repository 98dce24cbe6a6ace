import type { AccessChange } from "../model/access-change";
import { type Phrase, quoted } from "../model/phrase";
import { changeOf } from "./change";
import type { Timeline } from "./moments";
import { heldAt, type Principal, partsAt } from "./principals";
import type { Step } from "./scene";

const KINDS = {
  aws_iam_role_policies_exclusive: "write into ",
  aws_iam_role_policy_attachments_exclusive: "attach to ",
} as const;

/**
 * Exclusive resources that come in or go away. Nothing is changed by that today; but what somebody adds by hand from now on is taken
 * away by the next deploy, or stays. A role that is new or gone says it all by itself.
 */
export function exclusiveChangesOf(role: Principal, step: Step): readonly AccessChange[] {
  if (step.source === "drift") return [];
  const isNew = heldAt(role, "found") === undefined || heldAt(role, "planned") === undefined;
  if (isNew && role.held.length > 0) return [];
  return Object.entries(KINDS).flatMap(([type, verb]) => {
    const [before, after] = [partsAt(role, type, "found"), partsAt(role, type, "planned").filter(isWatching)];
    if (before.length > 0 === after.length > 0) return [];
    const comesIn = after.length > 0;
    return (comesIn ? after : before)
      .slice(0, 1)
      .map((timeline) => exclusiveChange(role.name, timeline, verb, comesIn));
  });
}

/** Terraform does not look any more after what it forgets. */
function isWatching({ isForgotten }: Timeline): boolean {
  return !isForgotten;
}

function exclusiveChange(role: string, timeline: Timeline, verb: string, comesIn: boolean): AccessChange {
  const { stack, address, account } = timeline;
  const who: Phrase = ["whatever somebody may ", verb, quoted(role), " by hand "];
  return changeOf({
    stack,
    aspect: "exclusive",
    subject: role,
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
