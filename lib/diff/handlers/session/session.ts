import type { Phrase } from "../../../describe/phrase";
import { isTouched } from "../../context/plan-context";
import { whyLater } from "../../context/policy-reading";
import { principalPhrase, subjectOf } from "../../context/principal-names";
import { declaredAt, type Principal } from "../../context/principals";
import type { AttributeValue } from "../../model/facts";
import { handlerOf } from "../handler";

/**
 * Seconds of a session where no duration is given (IAM API Reference, CreateRole,
 * `MaxSessionDuration`; IAM Identity Center API Reference, CreatePermissionSet, `SessionDuration`,
 * such as `PT8H`).
 */
const DEFAULT_SECONDS = 3_600;

/**
 * The maximum session duration of roles and permission sets. A new one, or one that is destroyed,
 * has nothing to be compared with.
 */
export const session = handlerOf<Principal, number | string, true>({
  name: "session",
  comparison: "principals",
  itemsIn: (step, { principals }) =>
    [principals.role, principals["permission set"]].flatMap(({ byKey }) =>
      [...byKey.values()].filter((principal) => {
        const present = declaredAt(principal, step.to);
        return (
          declaredAt(principal, step.from) !== undefined && present !== undefined && isTouched(present, step)
        );
      }),
    ),
  normalise: (principal, snapshot) =>
    secondsIn(declaredAt(principal, snapshot)?.at[snapshot]?.[attributeOf(principal)]),
  dataOf: (seconds) => seconds,
  compare: ({ before, after }) => (before === after ? undefined : true),
  describe: (_, { item: principal, before, after, step }) => {
    const present = declaredAt(principal, step.to);
    const base = {
      stack: present?.stack ?? "",
      account: present?.account,
      aspect: "session",
      subject: subjectOf(principal),
      addresses: present === undefined ? [] : [present.address],
    } as const;
    if (typeof before !== "number" || typeof after !== "number") {
      const value = present?.at[step.to]?.[attributeOf(principal)];
      const why: Phrase = value?.kind === "later" ? whyLater(value) : ["cannot be read"];
      return {
        ...base,
        relation: "unknown",
        sentences: [],
        reasons: [["the maximum session duration ", ...why]],
      };
    }
    const grows = after > before;
    const phrase: Phrase = [
      "the maximum session duration of ",
      ...principalPhrase(principal),
      ` ${grows ? "increases" : "decreases"} from ${duration(before)} to ${duration(after)}`,
    ];
    return {
      ...base,
      relation: grows ? "broader" : "narrower",
      sentences: [{ effect: grows ? "gained" : "lost", people: [], phrase }],
      reasons: [],
    };
  },
});

function attributeOf({ kind }: Principal): string {
  return kind.name === "role" ? "max_session_duration" : "session_duration";
}

/** A text: the duration is not known, or is not one. */
function secondsIn(value: AttributeValue | undefined): number | string {
  if (value === undefined) return DEFAULT_SECONDS;
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
