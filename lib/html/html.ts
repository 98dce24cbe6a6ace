/** HTML that is safe to put into a page. Only `html` and `raw` create it. */
export class Html {
  constructor(readonly text: string) {}
}

type Piece = string | number | Html | readonly Piece[];

/** An HTML template: values are escaped, unless they are `Html`. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(
    parts.map((part, index) => (index === 0 ? part : textOf(pieces[index - 1] ?? "") + part)).join(""),
  );
}

/** Trusted HTML or CSS, never escaped. */
export function raw(text: string): Html {
  return new Html(text);
}

function textOf(piece: Piece): string {
  if (piece instanceof Html) return piece.text;
  if (typeof piece === "string" || typeof piece === "number") return escapeHtml(String(piece));
  return piece.map(textOf).join("");
}

/** Most texts are, and these need no second look. */
const PLAIN = /^[ !#-%(-;=?-~]*$/;

/**
 * For content and for quoted attributes. Control characters are not allowed in HTML and become `�`.
 * So do marks that reorder what is written (Unicode Standard Annex #9): with them, a name reads as
 * another one.
 */
export function escapeHtml(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(/[&<>"']|(?![\t\n\r])\p{Cc}|\p{Bidi_Control}/gu, (character) =>
    /[&<>"']/.test(character) ? `&#${character.charCodeAt(0)};` : "\ufffd",
  );
}
