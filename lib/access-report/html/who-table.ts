import { groupBy } from "../../collections/group-by";
import { oneLine } from "../../collections/one-line";
import { compareText } from "../../collections/sort";
import type { Language } from "../../describe/language";
import { type Html, html } from "../../html/html";
import type { GrantedBy, LastUsed, ReportedAccess } from "../model/entry";
import type { AcceptedGroup, AccessReport, ReportRole } from "../model/report";
import { describeReportRef } from "../model/words";
import { distinctAccess, periodText } from "./matrix";
import { anchor, columns, englishHtml, foreign, list, phraseHtml, table } from "./parts";
import { dayOf, sinceHtml } from "./since";

const WORDS = {
  en: {
    caption: (role: string) => `Who may assume ${role}`,
    columns: ["Who", "From", "Period", "Since"],
    lastUsed: "Last used",
    everyone: "everyone who can start a pipeline",
    groups: (names: string) => `in group ${names}`,
    noEnd: "no end",
    notSaid: "not in access.yaml",
    byOf: (name: Html, others: number) => html`by ${name}${others === 0 ? "" : ` and ${others} more`}`,
    reason: (text: string) => `reason: ${text}`,
    never: "never in the records",
    notJudged: "not determined",
    notExamined: "not examined",
    times: (count: number) => `${count} ${count === 1 ? "time" : "times"}`,
    none: "No person may assume it.",
    accepted: "Its trust policy accepts:",
    more: "There are, or may be, more.",
    maybe: "undetermined: the trust policy depends on more than the token",
  },
  ja: {
    caption: (role: string) => `${role} を引き受けられるユーザー`,
    columns: ["ユーザー", "ブランチ・タグ", "期間", "いつから"],
    lastUsed: "最終使用",
    everyone: "パイプラインを開始できる全員",
    groups: (names: string) => `グループ ${names}`,
    noEnd: "期限なし",
    notSaid: "access.yaml に記載なし",
    byOf: (name: Html, others: number) => html`${name}${others === 0 ? "" : ` ほか ${others} 人`}`,
    reason: (text: string) => `理由: ${text}`,
    never: "記録に使用なし",
    notJudged: "判定不能",
    notExamined: "未調査",
    times: (count: number) => `${count} 回`,
    none: "引き受けられるユーザーはいません。",
    accepted: "信頼ポリシーが受け入れる相手:",
    more: "ほかにもいる可能性があります。",
    maybe: "判定不能（トークン以外の条件による）",
  },
} as const;

/** Who may assume a role: from where, until when, since when, and when it was last used. */
export function whoHtml(role: ReportRole, report: AccessReport, language: Language): readonly Html[] {
  const words = WORDS[language];
  const { who, access, key } = role;
  const accepted = who.kind === "hand-written" ? acceptedHtml(who.accepted, who.hasMore, language) : [];
  const rows = rowsOf(distinctAccess(access), language);
  if (rows.length === 0) return [...accepted, html`<p>${words.none}</p>\n`];
  const heads = report.usage === undefined ? words.columns : [...words.columns, words.lastUsed];
  return [
    ...accepted,
    table(
      { caption: words.caption(oneLine(key)), kind: "cards", columns: columns(heads) },
      rows.map((some) => ({
        head: headOf(some[0], language),
        cells: [
          refsHtml(some, language),
          periodHtml(some[0], report.at, language),
          sinceHtml(some[0].since, language),
          ...(report.usage === undefined ? [] : [lastUsedHtml(some, access, language)]),
        ],
      })),
    ),
  ];
}

type Entries = readonly [ReportedAccess, ...ReportedAccess[]];

/** Access of the same person that differs in the ref alone is one row. */
function rowsOf(access: readonly ReportedAccess[], language: Language): readonly Entries[] {
  const groups = groupBy(access, (one) => {
    const { who, by, periods = [], reasons, since, lastUsed } = one;
    return JSON.stringify([who, by, periods, reasons, sinceHtml(since, language).text, lastUsed ?? null]);
  });
  return [...groups.values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [[first, ...rest] as const],
  );
}

function headOf({ who, by }: ReportedAccess, language: Language): Html {
  const words = WORDS[language];
  if (who.kind === "everyone-else") return html`${words.everyone}`;
  return html`<a href="#${anchor("person", who.name)}">${foreign(who.name)}</a>${byHtml(by, language)}`;
}

function byHtml(by: GrantedBy, language: Language): Html {
  if (by.kind !== "list" || by.groups.length === 0) return html``;
  return html`<span class="small soft">${oneLine(WORDS[language].groups(by.groups.join(", ")))}</span>`;
}

function refsHtml(entries: Entries, language: Language): Html {
  const isMaybe = entries.some(({ by }) => by.kind === "trust-policy" && by.accepts === "maybe");
  return html`${entries.map(({ ref }) => html`<span>${phraseHtml(describeReportRef(ref, language))}</span>`)}${isMaybe ? html`<span class="small">${WORDS[language].maybe}</span>` : ""}`;
}

/** The period with the reason that the file gives. */
export function periodHtml(entry: ReportedAccess, at: string, language: Language): Html {
  const words = WORDS[language];
  const always = entry.by.kind === "trust-policy" ? words.notSaid : words.noEnd;
  return html`<span>${periodText(entry, at, language) || always}</span>${entry.reasons.map((reason) => html`<span class="small soft">${oneLine(words.reason(reason))}</span>`)}`;
}

/** The use of a person; of everyone, the last one of all people. */
function lastUsedHtml([first]: Entries, all: readonly ReportedAccess[], language: Language): Html {
  if (first.who.kind === "person") return useHtml(first.lastUsed, language);
  const used = all.flatMap(({ who, lastUsed }) =>
    who.kind === "person" && lastUsed?.kind === "used" ? [{ name: who.name, use: lastUsed }] : [],
  );
  const [last] = used.sort((one, other) => compareText(other.use.last, one.use.last));
  if (last === undefined) return useHtml(first.lastUsed, language);
  const others = new Set(used.map(({ name }) => name)).size - 1;
  return html`<span>${dayOf(last.use.last, language)}</span><span class="small soft">${WORDS[language].byOf(foreign(last.name), others)}</span>`;
}

export function useHtml(use: LastUsed | undefined, language: Language): Html {
  const words = WORDS[language];
  if (use === undefined) return html`${words.notExamined}`;
  if (use.kind === "never") return html`${words.never}`;
  if (use.kind === "not-judged")
    return html`<span>${words.notJudged}</span>${use.why.length === 0 ? "" : html`<span class="small soft" lang="en">${oneLine(use.why.join("; "))}</span>`}`;
  return html`<span>${dayOf(use.last, language)}</span><span class="small soft">${words.times(use.count)}</span>`;
}

/** Principals that a trust policy accepts, as a proof found them. */
export function acceptedHtml(
  groups: readonly AcceptedGroup[],
  hasMore: boolean,
  language: Language,
): readonly Html[] {
  const words = WORDS[language];
  if (groups.length === 0 && !hasMore) return [];
  return [
    html`<p>${words.accepted}</p>\n`,
    list([
      ...groups.map(({ who, where }) =>
        englishHtml([...who, ...(where.length === 0 ? [] : [" ", ...where])], language),
      ),
      ...(hasMore ? [html`${words.more}`] : []),
    ]),
  ];
}
