import type { Language } from "../../describe/language";
import { type Html, html } from "../../html/html";
import type { AccessReport } from "../model/report";
import { notExaminedIn } from "../print/not-examined";
import { list, phraseHtml, section } from "./parts";

const TITLE = { en: "Not examined", ja: "調べていないもの" } as const;

/** What the page does not answer: only the rest may be relied on. */
export function notExaminedSection(report: AccessReport, language: Language): Html {
  const items = notExaminedIn(report, language).map(({ phrase }) => html`${phraseHtml(phrase)}`);
  return section({ id: "not-examined", title: TITLE[language] }, list(items));
}
