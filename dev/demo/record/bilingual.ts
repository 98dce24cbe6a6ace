import { type Html, html } from "../../../lib/html/html";

/** The same in English and in Japanese: the page shows one of them. */
export interface Bilingual {
  readonly en: string;
  readonly ja: string;
}

export function both({ en, ja }: Bilingual): Html {
  return en === ja ? html`${en}` : html`<span lang="en">${en}</span><span lang="ja">${ja}</span>`;
}

/** Sentences one after the other. */
export function joined(all: readonly Bilingual[]): Bilingual {
  return { en: all.map(({ en }) => en).join("; "), ja: all.map(({ ja }) => ja).join("。") };
}
