/**
 * Makes text safe for a terminal: control, format and bidirectional characters and unpaired
 * surrogates become U+FFFD. Line feeds and tabs stay; CR LF becomes LF.
 */
export function visible(text: string): string;

/** The same on one line: line feeds and tabs become spaces. */
export function visibleLine(text: string): string;

/**
 * JSON text in which the same characters are escaped (`\u202e`); its value does not change.
 * @param text JSON; any indentation consists of spaces
 */
export function visibleJson(text: string): string;
