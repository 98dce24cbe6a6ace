import type { Language } from "./language";
import { joinPhrases, type Phrase, plainText, quoted } from "./phrase";

interface ListOptions {
  readonly language?: Language;
  /** Default: `and`. */
  readonly word?: "and" | "or";
  /** More items than these are counted, not named. Default: all are named. */
  readonly most?: number;
}

/** Items of a sentence: `a`, `a and b`, `a, b, and c`; in Japanese `a、b`. */
export function listPhrases(
  items: readonly Phrase[],
  { language = "en", word = "and", most = Number.POSITIVE_INFINITY }: ListOptions = {},
): Phrase {
  const left = items.length - most;
  const more = language === "en" ? `${left} more` : `ほか ${left} 件`;
  const shown = left > 0 ? [...items.slice(0, most), [more]] : items;
  const [last = [], ...before] = shown.toReversed();
  if (before.length === 0) return last;
  const comma = language === "en" ? ", " : "、";
  const final = FINAL[language][word];
  // English has a comma before the last of three or more.
  const between = language === "en" && before.length > 1 ? `,${final}` : final;
  return [...joinPhrases(before.toReversed(), comma), between, ...last];
}

const FINAL = {
  en: { and: " and ", or: " or " },
  ja: { and: "、", or: " または " },
} as const;

/** The same of plain texts, for logs and terminals. */
export function listTexts(texts: readonly string[], options: ListOptions = {}): string {
  return plainText(
    listPhrases(
      texts.map((text) => [quoted(text)]),
      options,
    ),
  );
}

/** More texts than these are counted, not named. */
const MOST_TEXTS = 4;

/** At most four texts: `a, b, c, or 7 more`. */
export function someTexts(texts: readonly string[], word: "and" | "or"): string {
  return plainText(someOf(texts, word));
}

/** The same as a phrase. */
export function someOf(texts: readonly string[], word: "and" | "or"): Phrase {
  return listPhrases(
    texts.map((text) => [quoted(text)]),
    texts.length <= MOST_TEXTS ? { word } : { word, most: MOST_TEXTS - 1 },
  );
}

/** `1 plan`, `2 plans`, `1,000 plans`. */
export function counted(number: number, one: string, several = `${one}s`): string {
  return `${withSeparators(number)} ${number === 1 ? one : several}`;
}

export function withSeparators(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}
