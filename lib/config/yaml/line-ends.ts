const MARK = "\uFEFF";

/**
 * Edits a text whose lines all end with CR LF as if they ended with LF, and gives them back as they
 * were; so it does with a byte order mark at the beginning. Texts with other line ends, or with
 * both kinds, are edited as they are.
 */
export function withLineEnds(text: string, edit: (text: string) => string): string {
  if (text.startsWith(MARK)) return MARK + withLineEnds(text.slice(MARK.length), edit);
  if (!text.includes("\r\n") || /(?<!\r)\n|\r(?!\n)/.test(text)) return edit(text);
  return edit(text.replaceAll("\r\n", "\n")).replaceAll("\n", "\r\n");
}
