import type { InEachLanguage } from "../../../lib/describe/language";
import type { Phrase } from "../../../lib/describe/phrase";
import { type Html, html } from "../../../lib/html/html";

/** The same words in English and in Japanese: the page shows one of them. */
export function both({ en, ja }: InEachLanguage): Html {
  return en === ja ? html`${en}` : html`<span lang="en">${en}</span><span lang="ja">${ja}</span>`;
}

/** The same of sentences: names, refs and repositories are set as code. */
export function bothPhrases({ en, ja }: { readonly en: Phrase; readonly ja: Phrase }): Html {
  return html`<span lang="en">${sentence(en)}</span><span lang="ja">${sentence(ja)}</span>`;
}

function sentence(phrase: Phrase): readonly Html[] {
  return phrase.map((part) => (typeof part === "string" ? html`${part}` : html`<code>${part.quoted}</code>`));
}
