import type { GrantedRefs, Periods } from "../config/model/model";
import type { Language } from "./language";
import { describeState } from "./moment";
import { RISK_OF_NO_ORIGIN, WITHOUT_ORIGIN } from "./origin";
import { type Phrase, quoted } from "./phrase";
import { describeGrantedRefs, describeRef } from "./ref";

/** When a role is granted to a person, seen from the moment of a request. */
export interface GrantTime {
  readonly periods: Periods;
  /** ISO 8601 in UTC, to the second. */
  readonly at: string;
  /** The role's maximum session duration. */
  readonly sessionSeconds: number;
}

/** A token that a role admits. */
export interface Admission {
  /** `website/deploy`. */
  readonly role: string;
  /** Undefined: everyone is admitted. */
  readonly person: string | undefined;
  /** The ref that the token names. Undefined: it names none. */
  readonly ref: string | undefined;
  /** What the role lists. */
  readonly refs: GrantedRefs;
  /** Undefined: the role is granted to the person at any time. */
  readonly time?: GrantTime;
}

/** Why a role admits a token: `alice` may assume `website/deploy` from `main`. */
export function describeAdmission(admission: Admission, language: Language = "en"): Phrase {
  const { time } = admission;
  const until = time === undefined ? "" : describeState(time.periods, time.at, language);
  const whole = describeAnytime(admission, language);
  if (time === undefined || until === "") return whole;
  const session = sessionHours(time.sessionSeconds, language);
  return language === "ja"
    ? [...whole, `（${until}。その前に開始したセッションは最長${session}続きます）`]
    : [...whole, ` ${until}; a session that is opened before then lasts at most ${session}`];
}

function describeAnytime({ role, person, ref, refs }: Admission, language: Language): Phrase {
  if (language === "ja") {
    const who: Phrase = person === undefined ? ["全員"] : [quoted(person)];
    if (ref === undefined)
      return [
        ...who,
        "が、",
        WITHOUT_ORIGIN.ja,
        "でも ",
        quoted(role),
        ` を引き受けられます。${RISK_OF_NO_ORIGIN.ja}`,
      ];
    const where = refs.kind === "any" ? describeGrantedRefs(refs, "ja").flat() : describeRef(ref, "ja");
    return [
      ...who,
      person === undefined ? "が" : " は ",
      ...where,
      " から ",
      quoted(role),
      " を引き受けられます",
    ];
  }
  const who: Phrase = person === undefined ? ["everyone"] : [quoted(person)];
  const may: Phrase = [...who, " may assume ", quoted(role)];
  if (ref === undefined) return [...may, `, also with ${WITHOUT_ORIGIN.en}: ${RISK_OF_NO_ORIGIN.en}`];
  return [...may, " from ", ...(refs.kind === "any" ? describeGrantedRefs(refs).flat() : describeRef(ref))];
}

/** `1 hour`, `90 minutes`. */
function sessionHours(seconds: number, language: Language): string {
  const isHours = seconds % 3_600 === 0;
  const count = isHours ? seconds / 3_600 : Math.ceil(seconds / 60);
  if (language === "ja") return `${count}${isHours ? "時間" : "分"}`;
  return `${count} ${isHours ? "hour" : "minute"}${count === 1 ? "" : "s"}`;
}
