import { distinctPhrases, joinPhrases, type Phrase, plainText } from "../../describe/phrase";
import type { AccessChange, AccessSentence } from "../../diff/model/access-change";
import { topicOf } from "./access-words";
import { type ExtentOptions, extentOf, isOfMore } from "./extent-words";
import type { WhoAndFrom } from "./people-words";

/** The words of a row. */
export interface RowWords extends WhoAndFrom {
  readonly what: Phrase;
  readonly headlines: readonly Phrase[];
}

/** A change with what is said of it. */
export interface Said {
  readonly change: AccessChange;
  readonly gained: readonly AccessSentence[];
  readonly lost: readonly AccessSentence[];
  readonly people: WhoAndFrom;
  readonly unknown: readonly Phrase[];
  /** Follows each line. */
  readonly suffix: Phrase;
  /** What changes, without how: by the subject's name, then by addresses. */
  readonly topics: readonly Phrase[];
}

/** So many sentences are in a row that have no extent. */
const MOST_SENTENCES = 2;

/**
 * What sentences of one effect say: requests by their extents, then the others.
 * @param name of the principal or resource that they are about
 * @param verb between the name and the extents: can now perform
 */
export function factsOf(
  sentences: readonly AccessSentence[],
  name: Phrase,
  verb: string,
  options: ExtentOptions = {},
): readonly Phrase[] {
  const extent = extentOf(sentences, options);
  const others = sentences.filter(({ actions }) => actions === undefined).filter((one) => !isOfMore(one));
  return [...(extent === undefined ? [] : [[...name, verb, ...extent]]), ...phrasesOf(others)];
}

/** Those whom it applies to are in a column of their own. */
function withoutPeople(phrase: Phrase): Phrase {
  const at = phrase.indexOf("; this applies to ");
  return at === -1 ? phrase : phrase.slice(0, at);
}

/** The sentences as they are: the first ones, and how many more. */
export function phrasesOf(sentences: readonly AccessSentence[]): readonly Phrase[] {
  const phrases = distinctPhrases(sentences.map(({ phrase }) => withoutPeople(phrase)));
  const left = phrases.length - MOST_SENTENCES;
  return [...phrases.slice(0, MOST_SENTENCES), ...(left > 0 ? [[`${left} more, listed below`]] : [])];
}

/** What could not be determined: the first reason; all are in the evidence. */
export function undeterminedOf(change: AccessChange): readonly Phrase[] {
  const { relation, reason = [] } = change;
  if (relation !== "unknown") return [];
  const end = reason.indexOf("; ");
  const first = end === -1 ? reason : [...reason.slice(0, end), ", and more"];
  return [
    [
      "the effect on ",
      ...topicOf(change),
      " could not be determined",
      ...(first.length === 0 ? [] : [": ", ...first]),
    ],
  ];
}

/** The first form that is read in a table, else the last one. */
export function shortest(forms: readonly (readonly Phrase[])[]): Phrase {
  const texts = forms.map((form) => joinPhrases(form, "; "));
  return texts.find((text) => plainText(text).length <= LONG_ROW) ?? texts.at(-1) ?? [];
}

/** A longer row is not read; its details say all. */
const LONG_ROW = 280;
