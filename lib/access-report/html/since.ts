import { oneLine } from "../../collections/one-line";
import type { Language } from "../../describe/language";
import { describeMoment } from "../../describe/moment";
import { type Html, html } from "../../html/html";
import type { AccessReport } from "../model/report";
import type { ReportCommit, Since } from "../model/since";
import { anchor, columns, foreign, table } from "./parts";

const WORDS = {
  en: {
    by: (author: string) => `by ${author}`,
    atLeast: (day: string) => `at least since ${day}`,
    before: "before that not determined",
    notCommitted: "not committed",
    notExamined: "not examined",
    commits: "Commits that this page names",
    columns: ["Commit", "Date", "Author", "Pull request", "Message"],
  },
  ja: {
    by: (author: string) => author,
    atLeast: (day: string) => `遅くとも${day}`,
    before: "それ以前は判定不能",
    notCommitted: "未コミット",
    notExamined: "未調査",
    commits: "このページに出てくるコミット",
    columns: ["コミット", "日付", "作成者", "プルリクエスト", "メッセージ"],
  },
} as const;

/** So many digits are printed; the list of commits has all of them. */
const SHOWN = 10;

/** Since when something is as it is: the day, and the commit with its author and pull request. */
export function sinceHtml(since: Since, language: Language): Html {
  const words = WORDS[language];
  switch (since.kind) {
    case "commit":
      return commitHtml(since.commit, language);
    case "at-least":
      return commitHtml(since.commit, language, words.atLeast);
    case "not-determined-before":
      return html`${since.commit === undefined ? html`<span>${words.notCommitted}</span>` : commitHtml(since.commit, language, words.atLeast)}<span class="small">${words.before}: ${foreign(since.unreadable.hash.slice(0, SHOWN))} (${oneLine(since.why)})</span>`;
    case "not-committed":
      return html`<span>${words.notCommitted}</span>`;
    case "not-examined":
      return html`<span class="soft">${words.notExamined}</span>`;
  }
}

function commitHtml(
  { hash, date, author, pullRequest }: ReportCommit,
  language: Language,
  say = (day: string): string => day,
): Html {
  const from = pullRequest === undefined ? "" : html`${oneLine(pullRequest)}, `;
  return html`<span>${say(dayOf(date, language))}</span><span class="small soft">${oneLine(WORDS[language].by(author))}, ${from}<a href="#${anchor("commit", hash)}"><code>${hash.slice(0, SHOWN)}</code></a></span>`;
}

/** The day of a moment, in UTC. */
export function dayOf(date: string, language: Language): string {
  return describeMoment(`${date.slice(0, 10)}T00:00:00Z`, language);
}

/** All commits of the page in full, the newest first. Undefined: it names none. */
export function commitTable(report: AccessReport, language: Language): Html | undefined {
  const found = new Map<string, ReportCommit>();
  const add = (since: Since): void => {
    if ("commit" in since && since.commit !== undefined) found.set(since.commit.hash, since.commit);
    if ("unreadable" in since) found.set(since.unreadable.hash, since.unreadable);
  };
  for (const { since, permissions, access } of report.roles)
    for (const one of [since, permissions.since, ...access.map((entry) => entry.since)]) add(one);
  if (report.history.kind === "examined") found.set(report.history.commit.hash, report.history.commit);
  if (found.size === 0) return undefined;
  const commits = [...found.values()].sort((one, other) => (orderOf(one) < orderOf(other) ? 1 : -1));
  const words = WORDS[language];
  return table(
    { caption: words.commits, kind: "texts", columns: columns(words.columns) },
    commits.map(({ hash, date, author, subject, pullRequest }) => ({
      head: html`<code id="${anchor("commit", hash)}">${hash}</code>`,
      cells: [
        html`${describeMoment(date, language)}`,
        html`${oneLine(author)}`,
        html`${oneLine(pullRequest ?? "")}`,
        html`${oneLine(subject)}`,
      ],
    })),
  );
}

function orderOf({ date, hash }: ReportCommit): string {
  return `${date} ${hash}`;
}
