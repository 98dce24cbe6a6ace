/** Most texts are, and these need no second look. */
const PRINTABLE = /^[ -~]*$/;

/**
 * Foreign text as one line in which all that is there can be seen: white space in a row is one
 * blank; control characters, and those that only change how others are shown (Unicode, category Cf:
 * bidirectional overrides, zero-width marks), are replacement characters.
 */
export function oneLine(text: string): string {
  if (PRINTABLE.test(text) && !text.includes("  ")) return text;
  return text.replace(/\s+|\p{Cc}|\p{Cf}|\p{Cs}/gu, (found) => (/^\s/.test(found) ? " " : "\ufffd"));
}

/**
 * The same without touching blanks: a line of a diff, where indentation counts. A tab is two
 * blanks.
 */
export function oneDiffLine(text: string): string {
  if (PRINTABLE.test(text)) return text;
  return text.replaceAll("\t", "  ").replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "\ufffd");
}
