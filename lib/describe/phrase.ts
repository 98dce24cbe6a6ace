/**
 * A sentence. Words of ours are texts; words from outside (a name, an address, a branch) are
 * quoted, and whoever prints the sentence makes sure that they stay words.
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
