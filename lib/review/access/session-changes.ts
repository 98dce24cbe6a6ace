import type { AccessChange } from "../model/access-change";
import { type Phrase, quoted } from "../model/phrase";
import { changeOf } from "./change";
import type { Held } from "./facts";
import { fateOf } from "./fate";
import type { Moment } from "./moments";
import { sayLater } from "./policy-reading";
import { heldAt, type Principal } from "./principals";
import { isTouched, type Step } from "./scene";

/** Seconds that a session lasts at most where nobody says anything (IAM API Reference, CreateRole, `MaxSessionDuration`). */
const DEFAULT = 3_600;

/** For how long a session of the role may last, before and after. A role that is new or gone has nothing to be compared with. */
export function sessionChangesOf(role: Principal, step: Step): readonly AccessChange[] {
  const [old, present] = [heldAt(role, step.from), heldAt(role, step.to)];
  if (old === undefined || present === undefined || !isTouched(present, step)) return [];
  const at = (moment: Moment) => secondsIn(heldAt(role, moment)?.at[moment]?.max_session_duration);
  const [before, after] = [at(step.from), at(step.to)];
  if (before === after) return [];
  const base = {
    ...({
      stack: present.stack,
      aspect: "session",
      subject: role.name,
      addresses: [present.address],
    } as const),
    source: step.source,
    before,
    after,
    ...(present.account === undefined ? {} : { account: present.account }),
  };
  const fate: Phrase = step.source === "drift" ? fateOf(before, after, at("planned")) : [];
  if (typeof before !== "number" || typeof after !== "number") {
    const held = present.at[step.to]?.max_session_duration;
    const why: Phrase = held?.kind === "later" ? sayLater(held) : ["cannot be read"];
    return [
      changeOf({
        ...base,
        relation: "unknown",
        reason: ["how long a session may last ", ...why],
        sentences: [],
      }),
    ];
  }
  const grows = after > before;
  const phrase: Phrase = [
    "a session of ",
    quoted(role.name),
    `${grows ? " can now last " : " can now last only "}${duration(after)}, and not ${duration(before)}`,
  ];
  return [
    changeOf({
      ...base,
      relation: grows ? "broader" : "narrower",
      ...(fate.length === 0 ? {} : { reason: fate }),
      sentences: [{ effect: grows ? "gained" : "lost", people: [], phrase }],
    }),
  ];
}

function secondsIn(held: Held | undefined): number | string {
  if (held === undefined) return DEFAULT;
  return held.kind === "value" && typeof held.value === "number" ? held.value : held.kind;
}

function duration(seconds: number): string {
  const hours = seconds / 3_600;
  if (Number.isInteger(hours)) return hours === 1 ? "1 hour" : `${hours} hours`;
  return seconds % 60 === 0 ? `${seconds / 60} minutes` : `${seconds} seconds`;
}
