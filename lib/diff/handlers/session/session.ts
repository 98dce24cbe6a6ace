import type { Phrase } from "../../../describe/phrase";
import { isTouched, type Step } from "../../context/plan-context";
import { sayLater } from "../../context/policy-reading";
import { sayPrincipal, subjectOf } from "../../context/principal-names";
import { heldAt, type Principal } from "../../context/principals";
import type { Moment } from "../../context/timelines";
import type { AccessChange } from "../../model/access-change";
import { changeOf } from "../../model/change";
import { fateOf } from "../../model/drift-outcome";
import type { Held } from "../../model/facts";

/**
 * Seconds that a session lasts at most where nobody says anything (IAM API Reference, CreateRole,
 * `MaxSessionDuration`; IAM Identity Center API Reference, CreatePermissionSet, `SessionDuration`,
 * such as `PT8H`).
 */
const DEFAULT = 3_600;

/**
 * For how long a session of a role or permission set may last, before and after. One that is new or
 * gone has nothing to be compared with.
 */
export function sessionChangesOf(principal: Principal, step: Step): readonly AccessChange[] {
  const [old, present] = [heldAt(principal, step.from), heldAt(principal, step.to)];
  if (old === undefined || present === undefined || !isTouched(present, step)) return [];
  const attribute = principal.kind.name === "role" ? "max_session_duration" : "session_duration";
  const at = (moment: Moment) => secondsIn(heldAt(principal, moment)?.at[moment]?.[attribute]);
  const [before, after] = [at(step.from), at(step.to)];
  if (before === after) return [];
  const base = {
    ...({
      stack: present.stack,
      aspect: "session",
      subject: subjectOf(principal),
      addresses: [present.address],
    } as const),
    source: step.source,
    before,
    after,
    ...(present.account === undefined ? {} : { account: present.account }),
  };
  const fate: Phrase = step.source === "drift" ? fateOf(before, after, at("planned")) : [];
  if (typeof before !== "number" || typeof after !== "number") {
    const held = present.at[step.to]?.[attribute];
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
    ...sayPrincipal(principal),
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
  if (held.kind !== "value") return held.kind;
  if (typeof held.value === "number") return held.value;
  const [text, hours, minutes] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(String(held.value)) ?? [];
  return text === undefined ? String(held.value) : Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60;
}

function duration(seconds: number): string {
  const hours = seconds / 3_600;
  if (Number.isInteger(hours)) return hours === 1 ? "1 hour" : `${hours} hours`;
  return seconds % 60 === 0 ? `${seconds / 60} minutes` : `${seconds} seconds`;
}
