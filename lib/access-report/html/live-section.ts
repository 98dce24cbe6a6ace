import type { Language } from "../../describe/language";
import { type Html, html } from "../../html/html";
import type { ReportLive } from "../model/differences";
import type { AccessReport } from "../model/report";
import { liveFact } from "../print/difference-words";
import { differencesHtml, notComparedHtml } from "./difference-table";
import { foreign, joined, section } from "./parts";

const WORDS = {
  en: {
    title: "The account as it is",
    fact: (account: Html, fact: string) => html`Account ${account}: ${fact}.`,
    caption: "From access.yaml to the account: who can do what more or less than the file says",
    withoutEffect: (addresses: readonly Html[]) => html`Different, but not in access: ${addresses}`,
  },
  ja: {
    title: "アカウントの現状",
    fact: (account: Html, fact: string) => html`アカウント ${account}: ${fact}`,
    caption: "access.yaml に対するアカウントの違い（ファイルより広い、または狭いアクセス権）",
    withoutEffect: (addresses: readonly Html[]) => html`アクセス権以外の違い: ${addresses}`,
  },
} as const;

/** Where the accounts that were asked differ from the file. Nothing, if none was asked. */
export function liveSection({ live, accounts }: AccessReport, language: Language): Html {
  if (live === undefined) return html``;
  return section(
    { id: "live", title: WORDS[language].title },
    live.toSorted(byOutcome).map((one) => {
      const id = accounts.find(({ key }) => key === one.account)?.id;
      return accountHtml(one, html`${foreign(one.account)}${id === undefined ? "" : ` (${id})`}`, language);
    }),
  );
}

/** Accounts that differ first, and those of which all was examined last. */
function byOutcome(one: ReportLive, other: ReportLive): number {
  return OUTCOMES.indexOf(one.outcome) - OUTCOMES.indexOf(other.outcome);
}

const OUTCOMES: readonly ReportLive["outcome"][] = ["differs", "partial", "same-access", "as-declared"];

function accountHtml(live: ReportLive, account: Html, language: Language): Html {
  const words = WORDS[language];
  const { rows, withoutEffect, notExamined } = live;
  return html`<p>${words.fact(account, liveFact(live, language))}</p>
${differencesHtml(rows, words.caption, language)}${
  withoutEffect.length === 0
    ? ""
    : html`<p>${words.withoutEffect(joined(withoutEffect.map(foreign), language))}</p>\n`
}${notComparedHtml(notExamined, language)}`;
}
