import { oneLine } from "../../collections/one-line";
import { escapeHtml } from "../../html/html";
import type { Inline } from "../document/block";
import { brokenCode } from "./broken-code";
import { code } from "./code";

/**
 * Texts without any meaning in GitHub-flavoured Markdown, in every context.
 */
const PLAIN = /^[\p{L}\p{N} \u00a0,.;:()'"/…+·🔴🟠🟡🟢-]*$/u;
/**
 * Texts that GitHub turns into links (GFM, section 6.9, "Autolinks (extension)").
 */
const LINK = /www\.|:\/\//i;

/** Inline text in a paragraph or a list. */
export function inline(parts: Inline): string {
  return apart(parts.map((part) => printed(part, code)));
}

/** Adjacent code spans would be read as one: a blank keeps them separate. */
function apart(texts: readonly string[]): string {
  return texts.reduce(
    (line, text) => (line.endsWith("`") && text.startsWith("`") ? `${line} ${text}` : line + text),
    "",
  );
}

/**
 * Inline text in a table cell.
 * @param longest characters of one code span of an address
 */
export function cell(parts: Inline, longest: number): string {
  return apart(parts.map((part) => printed(part, (text) => brokenCode(text, longest))));
}

/**
 * Inline text in HTML, such as a summary, where Markdown has no meaning. GitHub does not look for
 * mentions and references in `code`.
 */
export function inlineHtml(parts: Inline): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return PLAIN.test(part) ? escapeHtml(part) : htmlCode(part);
      if ("quoted" in part) return htmlCode(part.quoted);
      return "strong" in part ? `<b>${escapeHtml(part.strong)}</b>` : escapeHtml(part.text);
    })
    .join("");
}

function htmlCode(text: string): string {
  return `<code>${escapeHtml(oneLine(text))}</code>`;
}

function printed(part: Inline[number], foreign: (text: string) => string): string {
  // A plain text with markup contains untrusted text by mistake: it is printed as code.
  if (typeof part === "string") return isPlain(part) ? part : foreign(part);
  if ("quoted" in part) return foreign(part.quoted);
  if ("strong" in part) return isPlain(part.strong) ? `**${part.strong}**` : foreign(part.strong);
  return /^https:\/\/[\w.~:/?#%&=+-]+$/.test(part.url) && isPlain(part.text)
    ? `[${part.text}](${part.url})`
    : foreign(part.text);
}

function isPlain(text: string): boolean {
  return PLAIN.test(text) && !LINK.test(text);
}
