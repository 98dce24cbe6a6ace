/** A command, as a shell completes it. */
export interface CommandWords {
  readonly name: string;
  /** One sentence or more. */
  readonly about: string;
  readonly options: readonly OptionWords[];
  /** Values that its argument can have. */
  readonly arguments: readonly string[];
}

export interface OptionWords {
  /** With its dashes. */
  readonly name: string;
  readonly about: string;
  readonly takesValue: boolean;
  /** Values that it can have; empty: any, such as a file's name. */
  readonly choices: readonly string[];
}

/** The first sentence, in one line. */
export function firstSentence(text: string): string {
  return text.replaceAll(/\s+/g, " ").split(/(?<=\.) (?=[A-Z])/)[0] ?? "";
}
