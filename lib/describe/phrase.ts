/**
 * A sentence or a part of one. Words of this project are texts; words from outside (a name, an
 * address, a branch) are quoted, so that Markdown, HTML and terminals can escape them.
 */
export type Phrase = readonly (string | Quoted)[];

export interface Quoted {
  readonly quoted: string;
}

export function quoted(text: string): Quoted {
  return { quoted: text };
}

/** For logs and programs, where nothing is read as Markdown or HTML. */
export function plainText(phrase: Phrase): string {
  return phrase.map((part) => (typeof part === "string" ? part : part.quoted)).join("");
}

/** Several phrases as one, with a text between them. */
export function joinPhrases(phrases: readonly Phrase[], between: string): Phrase {
  return phrases.flatMap((phrase, index) => (index === 0 ? phrase : [between, ...phrase]));
}

/** Each phrase that says anything, once, in their order. */
export function distinctPhrases(phrases: readonly Phrase[]): readonly Phrase[] {
  const said = new Map(phrases.map((phrase) => [JSON.stringify(phrase), phrase]));
  return [...said.values()].filter((phrase) => plainText(phrase) !== "");
}

/** With a capital letter, unless it begins with a name. */
export function capitalised([first = "", ...rest]: Phrase): Phrase {
  return typeof first === "string"
    ? [first.charAt(0).toUpperCase() + first.slice(1), ...rest]
    : [first, ...rest];
}
