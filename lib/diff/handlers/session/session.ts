import type { Phrase } from "../../../describe/phrase";
import { isTouched, type Step } from "../../context/plan-context";
import { whyLater } from "../../context/policy-reading";
import { sayPrincipal, subjectOf } from "../../context/principal-names";
import { declaredAt, type Principal } from "../../context/principals";
import type { Snapshot } from "../../context/timelines";
import type { AccessChange } from "../../model/access-change";
import { changeOf } from "../../model/change";
import { driftOutcome } from "../../model/drift-outcome";
import type { AttributeValue } from "../../model/facts";

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
  const [old, present] = [declaredAt(principal, step.from), declaredAt(principal, step.to)];
  if (old === undefined || present === undefined || !isTouched(present, step)) return [];
  const attribute = principal.kind.name === "role" ? "max_session_duration" : "session_duration";
  const at = (snapshot: Snapshot) => secondsIn(declaredAt(principal, snapshot)?.at[snapshot]?.[attribute]);
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
  const outcome: Phrase = step.source === "drift" ? driftOutcome(before, after, at("planned")) : [];
  if (typeof before !== "number" || typeof after !== "number") {
    const value = present.at[step.to]?.[attribute];
    const why: Phrase = value?.kind === "later" ? whyLater(value) : ["cannot be read"];
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
      ...(outcome.length === 0 ? {} : { reason: outcome }),
      sentences: [{ effect: grows ? "gained" : "lost", people: [], phrase }],
    }),
  ];
}

function secondsIn(value: AttributeValue | undefined): number | string {
  if (value === undefined) return DEFAULT;
  if (value.kind !== "value") return value.kind;
  if (typeof value.value === "number") return value.value;
  const [text, hours, minutes] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(String(value.value)) ?? [];
  return text === undefined ? String(value.value) : Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60;
}

function duration(seconds: number): string {
  const hours = seconds / 3_600;
  if (Number.isInteger(hours)) return hours === 1 ? "1 hour" : `${hours} hours`;
  return seconds % 60 === 0 ? `${seconds / 60} minutes` : `${seconds} seconds`;
}
