import type { Language } from "../../describe/language";
import { describeMoment, describePeriods } from "../../describe/moment";
import { type Html, html } from "../../html/html";
import type { ChangedByTime, ComparedSide, ReportChanges } from "../model/differences";
import type { AccessReport } from "../model/report";
import { describeReportRef, describeSubject } from "../model/words";
import { shortHash } from "../print/describe-since";
import { changesFact } from "../print/difference-words";
import { differencesHtml, notComparedHtml } from "./difference-table";
import { foreign, list, phraseHtml, section } from "./parts";

const WORDS = {
  en: {
    title: (since: string) => `Changes since ${since}`,
    versions: (before: Html, after: Html) => html`access.yaml: from ${before} to ${after}.`,
    uncommitted: "not committed",
    caption: "Who can do what more or less than before",
    byTime: "Began or ended by its dates, without a change of the file:",
    changed: { began: "began", ended: "ended" },
  },
  ja: {
    title: (since: string) => `${since} からの変更`,
    versions: (before: Html, after: Html) => html`access.yaml: ${before} から ${after} まで`,
    uncommitted: "未コミット",
    caption: "以前より広い、または狭いアクセス権",
    byTime: "ファイルの変更なしに、期間によって開始または終了したもの:",
    changed: { began: "開始", ended: "終了" },
  },
} as const;

/** What changed of access.yaml since another moment. Nothing, if none was named. */
export function changesSection({ changes }: AccessReport, language: Language): Html {
  if (changes === undefined) return html``;
  const words = WORDS[language];
  const { before, after, rows, byTime, notExamined } = changes;
  return section({ id: "changes", title: changesTitle(changes, language) }, [
    html`<p>${changesFact(changes, language)}${language === "en" ? "." : ""}</p>\n`,
    html`<p class="small soft">${words.versions(sideHtml(before, language), sideHtml(after, language))}</p>\n`,
    ...differencesHtml(rows, words.caption, language),
    ...(byTime.length === 0
      ? []
      : [html`<p>${words.byTime}</p>\n`, list(byTime.map((one) => timeHtml(one, language)))]),
    ...notComparedHtml(notExamined, language),
  ]);
}

export function changesTitle({ before }: ReportChanges, language: Language): string {
  return WORDS[language].title(describeMoment(before.at, language));
}

function sideHtml({ at, commit }: ComparedSide, language: Language): Html {
  const version =
    commit === undefined
      ? html`${WORDS[language].uncommitted}`
      : html`<code>${shortHash(commit.hash)}</code>`;
  return html`${describeMoment(at, language)} (${version})`;
}

function timeHtml({ who, role, ref, periods, change }: ChangedByTime, language: Language): Html {
  return html`${phraseHtml(describeSubject(who, language))}, ${foreign(role)}, ${phraseHtml(describeReportRef(ref, language))}: ${WORDS[language].changed[change]}, ${describePeriods(periods, language)}`;
}
