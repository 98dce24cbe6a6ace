/** HTML that may stand in a page as it is. Only `html` and `raw` make it. */
export class Html {
  constructor(readonly text: string) {}
}

type Piece = string | number | Html | readonly Piece[];

/** A template of HTML: everything that is put into it is escaped, unless it is HTML itself. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(
    parts.map((part, index) => (index === 0 ? part : textOf(pieces[index - 1] ?? "") + part)).join(""),
  );
}

/** Text of ours that is HTML, or CSS inside of it. */
export function raw(text: string): Html {
  return new Html(text);
}

function textOf(piece: Piece): string {
  if (piece instanceof Html) return piece.text;
  if (typeof piece === "string" || typeof piece === "number") return escapeHtml(String(piece));
  return piece.map(textOf).join("");
}

/**
 * For content and for attributes in quotes; control characters, which no page may have, become `�`.
 */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']|(?![\t\n\r])\p{Cc}/gu, (character) =>
    /[&<>"']/.test(character) ? `&#${character.charCodeAt(0)};` : "\ufffd",
  );
}
