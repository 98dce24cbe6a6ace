/**
 * Text for a terminal in which all that is there can be seen: control, format and bidirectional
 * characters and unpaired surrogates become U+FFFD. Line feeds and tabs stay; CR LF becomes LF.
 */
export function visible(text: string): string;

/** The same on one line: line feeds and tabs become blanks. */
export function visibleLine(text: string): string;

/**
 * JSON text in which the same characters are escaped (`\u202e`), so that it says the same and shows
 * all of it.
 * @param text JSON, indented by blanks if at all
 */
export function visibleJson(text: string): string;
