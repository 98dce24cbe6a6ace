import type { Language } from "../../describe/language";
import { riskWord } from "../../describe/risk";
import { type Html, html } from "../../html/html";
import { isAtLeastRisk } from "../../iam/risk/classes";
import type { DifferenceRow, DifferentSubject, NotCompared } from "../model/differences";
import { columns, details, englishHtml, foreign, joined, list, table } from "./parts";

const WORDS = {
  en: {
    columns: ["Role or resource", "Risk", "What", "Who", "From"],
    evidence: (count: number) => `Evidence (${count})`,
    account: "not in access.yaml",
    file: "not in the account",
    notExamined: (address: Html, reason: Html) => html`Not examined: ${address}: ${reason}`,
  },
  ja: {
    columns: ["ロール・リソース", "リスク", "内容", "ユーザー", "ブランチ・タグ"],
    evidence: (count: number) => `根拠（${count} 件）`,
    account: "access.yaml になし",
    file: "アカウントになし",
    notExamined: (address: Html, reason: Html) => html`未調査: ${address}（${reason}）`,
  },
} as const;

/** More evidence of one row is counted by its rest; `--json` has all. */
const SHOWN = 12;

/** Differences, the most serious first, then what proves each of them, folded. */
export function differencesHtml(
  rows: readonly DifferenceRow[],
  caption: string,
  language: Language,
): readonly Html[] {
  if (rows.length === 0) return [];
  return [
    table(
      { caption, kind: "cards", columns: columns(WORDS[language].columns) },
      rows.map(({ subjects, what, who, from, ...row }) => ({
        head: html`${joined(
          subjects.map((one) => subjectHtml(one, language)),
          language,
        )}`,
        cells: [levelBadge(row, language), ...[what, who, from].map((one) => phraseCell(one, language))],
      })),
    ),
    ...evidenceHtml(rows, language),
  ];
}

/** What could not be compared. */
export function notComparedHtml(all: readonly NotCompared[], language: Language): readonly Html[] {
  if (all.length === 0) return [];
  const say = WORDS[language].notExamined;
  return [list(all.map(({ address, reason }) => say(foreign(address), englishHtml(reason, language))))];
}

function subjectHtml({ name, in: place }: DifferentSubject, language: Language): Html {
  return html`${foreign(name)}${place === "both" ? "" : html` <span class="small soft">${WORDS[language][place]}</span>`}`;
}

function phraseCell(phrase: DifferenceRow["what"], language: Language): Html {
  return phrase.length === 0 ? html`–` : html`<div>${englishHtml(phrase, language)}</div>`;
}

const COLORS = { severe: "severe", grows: "warn", undetermined: "warn", shrinks: "calm" } as const;

function levelBadge(
  { level, class: risk, risk: words }: Pick<DifferenceRow, "level" | "class" | "risk">,
  language: Language,
): Html {
  return html`<span class="badge ${COLORS[level]}">${language === "en" ? words : japaneseRisk(level, risk)}</span>`;
}

function japaneseRisk(level: DifferenceRow["level"], risk: DifferenceRow["class"]): string {
  if (level !== "shrinks") return riskWord(risk, "ja");
  const isSerious = risk !== "undetermined" && isAtLeastRisk(risk, "undetermined");
  return isSerious ? `縮小（${riskWord(risk, "ja")}）` : "縮小";
}

function evidenceHtml(rows: readonly DifferenceRow[], language: Language): readonly Html[] {
  const items = rows.flatMap(({ evidence }) =>
    evidence.flatMap(({ sentences, proofs }) => [
      ...sentences.slice(0, SHOWN).map((one) => englishHtml(one, language)),
      ...proofs.slice(0, SHOWN).map(foreign),
    ]),
  );
  if (items.length === 0) return [];
  return [details({ isOpen: false, summary: html`${WORDS[language].evidence(items.length)}` }, list(items))];
}
