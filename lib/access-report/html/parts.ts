import { oneLine } from "../../collections/one-line";
import type { Language } from "../../describe/language";
import type { Phrase } from "../../describe/phrase";
import { riskWord } from "../../describe/risk";
import { type Html, html } from "../../html/html";
import { isAdministration, type RiskClass } from "../../iam/risk/classes";

/** A text from outside, as code: what cannot be seen, or changes how others are shown, is `�`. */
export function foreign(text: string): Html {
  return html`<code>${oneLine(text)}</code>`;
}

/** Words, with names, refs and other foreign texts as code. */
export function phraseHtml(phrase: Phrase): readonly Html[] {
  return phrase.map((part) => (typeof part === "string" ? html`${part}` : foreign(part.quoted)));
}

/** Items of a list inside a sentence. */
export function joined(items: readonly Html[], language: Language): readonly Html[] {
  const between = language === "en" ? ", " : "、";
  return items.map((item, at) => html`${at === 0 ? "" : between}${item}`);
}

/** A phrase that the describer has in English alone. */
export function englishHtml(phrase: Phrase, language: Language): Html {
  return language === "en" ? html`${phraseHtml(phrase)}` : html`<span lang="en">${phraseHtml(phrase)}</span>`;
}

const NO_CLASS = { en: "no listed risk", ja: "リスク該当なし" } as const;

/** The class in words; its color says the same. */
export function riskBadge(risk: RiskClass, language: Language): Html {
  const level = isAdministration(risk) ? "severe" : risk === "none" ? "calm" : "warn";
  return html`<span class="badge ${level}">${risk === "none" ? NO_CLASS[language] : riskWord(risk, language)}</span>`;
}

/**
 * An address inside the page for a name from outside: letters and digits stay, all else is coded.
 */
export function anchor(kind: "role" | "person" | "project" | "commit", name: string): string {
  const coded = name.replace(/[^A-Za-z0-9-]/gu, (character) => `_${character.codePointAt(0)?.toString(16)}_`);
  return `${kind}-${coded}`;
}

interface Section {
  readonly id: string;
  readonly title: string;
}

export function section({ id, title }: Section, body: readonly Html[] | Html): Html {
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${body}</section>
`;
}

/** Folded or open; on paper always open. */
export function details(
  {
    id,
    isOpen,
    summary,
    kind,
  }: { readonly id?: string; readonly isOpen: boolean; readonly summary: Html; readonly kind?: "role" },
  body: readonly Html[] | Html,
): Html {
  return html`<details${id === undefined ? "" : html` id="${id}"`}${kind === undefined ? "" : html` class="${kind}"`}${isOpen ? html` open=""` : ""}><summary>${summary}</summary>
<div>${body}</div></details>
`;
}

/** Terms with what is said of each; those without words are left out. */
export function factList(
  facts: readonly (readonly [term: string, words: Html | readonly Html[] | undefined])[],
): Html {
  return html`<dl class="facts">${facts.map(([term, words]) => (words === undefined ? "" : html`<dt>${term}</dt><dd>${words}</dd>`))}</dl>
`;
}

export function list(items: readonly (Html | readonly Html[])[]): Html {
  return html`<ul>${items.map((item) => html`<li>${item}</li>\n`)}</ul>
`;
}

interface TableShape {
  readonly caption: string;
  /**
   * `matrix` scrolls inside on a phone; `cards` becomes a card a row, as `texts`, of long texts.
   */
  readonly kind: "matrix" | "cards" | "texts";
  readonly columns: readonly { readonly head: Html; readonly label: string }[];
}

interface Row {
  readonly head: Html;
  readonly cells: readonly Html[];
}

/** A table whose first column heads its rows. */
export function table({ caption, kind, columns }: TableShape, rows: readonly Row[]): Html {
  const name = oneLine(caption);
  // What scrolls inside has to be reached by the keyboard.
  const scrolls = kind === "matrix" ? html` role="group" aria-label="${name}" tabindex="0"` : "";
  return html`<div class="wide"${scrolls}><table class="${kind === "texts" ? "cards texts" : kind}"><caption>${name}</caption>
<thead><tr>${columns.map(({ head }) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>
${rows.map(
  ({ head, cells }) =>
    html`<tr><th scope="row">${head}</th>${cells.map((cell, at) => html`<td data-label="${oneLine(columns[at + 1]?.label ?? "")}">${cell}</td>`)}</tr>\n`,
)}</tbody></table></div>
`;
}

/** Columns with these heads. */
export function columns(heads: readonly string[]): TableShape["columns"] {
  return heads.map((label) => ({ label, head: html`${label}` }));
}
