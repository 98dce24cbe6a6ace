import type { Period, Periods } from "../config/model/model";
import type { Language } from "./language";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

const DAY_MS = 86_400_000;

/**
 * A moment in words: a day where it is the start of one, otherwise the time in UTC: `1 January
 * 2027`, `1 January 2027 18:00 UTC`.
 * @param moment ISO 8601 in UTC, to the second
 */
export function describeMoment(moment: string, language: Language = "en"): string {
  return moment.endsWith("T00:00:00Z") ? dayOf(moment, language) : timeOf(moment, language);
}

/**
 * The end of a period in words, by its last day: `31 December 2026` for the start of the next day.
 * @param end the first moment after the period
 */
export function describeEnd(end: string, language: Language = "en"): string {
  if (!end.endsWith("T00:00:00Z")) return timeOf(end, language);
  return dayOf(new Date(Date.parse(end) - DAY_MS).toISOString(), language);
}

function dayOf(moment: string, language: Language): string {
  const [year = "", month = "", day = ""] = moment.slice(0, 10).split("-");
  if (language === "ja") return `${year}年${Number(month)}月${Number(day)}日`;
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
}

function timeOf(moment: string, language: Language): string {
  const clock = moment.slice(11, moment.endsWith(":00Z") ? 16 : 19);
  return `${dayOf(moment, language)} ${clock} UTC`;
}

/** `from 1 January 2027 until 31 March 2027`; several are joined by `and`. */
export function describePeriods(periods: Periods, language: Language = "en"): string {
  const words = periods.map(({ start, end }) => {
    const parts =
      language === "ja"
        ? [
            ...(start === undefined ? [] : [`${describeMoment(start, "ja")}から`]),
            ...(end === undefined ? [] : [`${describeEnd(end, "ja")}まで`]),
          ]
        : [
            ...(start === undefined ? [] : [`from ${describeMoment(start)}`]),
            ...(end === undefined ? [] : [`until ${describeEnd(end)}`]),
          ];
    return parts.join(language === "ja" ? "" : " ");
  });
  return words.join(language === "ja" ? "、" : " and ");
}

/** What a moment is to a period. `over`: nothing follows; `ahead`: it begins later. */
export type PeriodState = "in-force" | "over" | "ahead";

export function stateOf(periods: Periods, at: string): PeriodState {
  if (periods.some((one) => isStarted(one, at) && !isEnded(one, at))) return "in-force";
  return periods.every((one) => isEnded(one, at)) ? "over" : "ahead";
}

/**
 * Why a grant is not in force at a moment, or until when it is: `ended on 31 December 2026`,
 * `begins on 1 January 2027`, `until 31 December 2026`. Empty: it is in force without an end.
 */
export function describeState(periods: Periods, at: string, language: Language = "en"): string {
  const state = stateOf(periods, at);
  if (state === "over") {
    const end = periods.flatMap((one) => one.end ?? []).at(-1) ?? "";
    if (language === "ja") return `${describeEnd(end, "ja")}に終了しました`;
    return `ended ${isDay(end) ? "on" : "at"} ${describeEnd(end)}`;
  }
  if (state === "ahead") {
    const start = periods.flatMap((one) => (isStarted(one, at) ? [] : (one.start ?? [])))[0] ?? "";
    if (language === "ja") return `${describeMoment(start, "ja")}に始まります`;
    return `begins ${isDay(start) ? "on" : "at"} ${describeMoment(start)}`;
  }
  const end = periods.find((one) => isStarted(one, at) && !isEnded(one, at))?.end;
  if (end === undefined) return "";
  return language === "ja" ? `${describeEnd(end, "ja")}まで` : `until ${describeEnd(end)}`;
}

/**
 * How long until a moment, in whole days or, within two days, hours: `in 3 days`, `in 5 hours`.
 * @param moment later than `at`
 */
export function describeDistance(moment: string, at: string, language: Language = "en"): string {
  const hours = Math.floor((Date.parse(moment) - Date.parse(at)) / 3_600_000);
  const days = Math.floor(hours / 24);
  if (language === "ja") {
    if (days >= 2) return `${days}日後`;
    return hours >= 1 ? `${hours}時間後` : "1時間以内";
  }
  if (days >= 2) return `in ${days} days`;
  if (hours >= 1) return `in ${hours} ${hours === 1 ? "hour" : "hours"}`;
  return "in less than an hour";
}

function isDay(moment: string): boolean {
  return moment.endsWith("T00:00:00Z");
}

function isStarted({ start }: Period, at: string): boolean {
  return start === undefined || start <= at;
}

function isEnded({ end }: Period, at: string): boolean {
  return end !== undefined && end <= at;
}
