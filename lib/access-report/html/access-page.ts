import type { Language } from "../../describe/language";
import { describeMoment } from "../../describe/moment";
import { html } from "../../html/html";
import { page } from "../../html/page";
import type { AccessReport } from "../model/report";
import { changesSection, changesTitle } from "./changes-section";
import { limitsSection, sourcesSection } from "./closing";
import { factsOf } from "./facts";
import { liveSection } from "./live-section";
import { matrixSection } from "./matrix";
import { notExaminedSection } from "./not-examined";
import { outsideSection } from "./outside-section";
import { peopleSection } from "./people-section";
import { rolesSection } from "./role-section";
import { STYLE } from "./style";
import { headline, summaryHtml } from "./summary";

const WORDS = {
  en: {
    title: (moment: string) => `Access report, as of ${moment}`,
    skip: "Skip to the content",
    contents: "Contents",
    from: "Made from access.yaml",
    live: "The account as it is",
    links: [
      ["matrix", "Who may assume which role"],
      ["roles", "Roles"],
      ["people", "People"],
      ["outside", "Not managed by this project"],
      ["not-examined", "Not examined"],
      ["sources", "Sources"],
      ["limits", "What this page does not prove"],
    ],
  },
  ja: {
    title: (moment: string) => `アクセス権レポート（${moment} 時点）`,
    skip: "本文へ",
    contents: "目次",
    from: "access.yaml から作成",
    live: "アカウントの現状",
    links: [
      ["matrix", "誰がどのロールを引き受けられるか"],
      ["roles", "ロール"],
      ["people", "ユーザー"],
      ["outside", "このプロジェクトの管理外"],
      ["not-examined", "調べていないもの"],
      ["sources", "情報源"],
      ["limits", "このページが保証しないこと"],
    ],
  },
} as const;

/**
 * A report as one self-contained page, which an auditor can keep: no script, no font, no image, no
 * request. The same report gives the same bytes.
 */
export function accessPage(report: AccessReport, language: Language = "en"): string {
  const words = WORDS[language];
  const facts = factsOf(report);
  const fact = headline(report, facts, language);
  const { changes, live } = report;
  const links = [
    ...(live === undefined ? [] : [["live", words.live] as const]),
    ...(changes === undefined ? [] : [["changes", changesTitle(changes, language)] as const]),
    ...words.links,
  ];
  const title = words.title(describeMoment(report.at, language));
  return page({
    title: `${title}: ${fact}`,
    language,
    style: STYLE,
    body: html`<a class="skip" href="#matrix">${words.skip}</a>
<header>
<p class="lead">${title}</p>
<h1>${fact}</h1>
<nav aria-label="${words.contents}"><ul>${links.map(([id, text]) => html`<li><a href="#${id}">${text}</a></li>`)}</ul></nav>
</header>
<main>
${summaryHtml(report, facts, language)}${liveSection(report, language)}${changesSection(report, language)}${matrixSection(report, language)}${rolesSection(report, language)}${peopleSection(report, language)}${outsideSection(report, language)}${notExaminedSection(report, language)}${sourcesSection(report, language)}${limitsSection(report, language)}</main>
<footer>${words.from} · cdktf-circleci-oidc</footer>`,
  });
}
