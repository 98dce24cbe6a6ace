import { oneLine } from "../../collections/one-line";
import { escapeHtml } from "../../html/html";
import type { Inline } from "../document/block";

/**
 * Words that stand for nothing but themselves in GitHub-flavoured Markdown, whatever stands around
 * them.
 */
const PLAIN = /^[\p{L}\p{N} ,.;:()'"/…+-]*$/u;
/**
 * What GitHub makes links of by itself (GFM, section 6.9, "Autolinks (extension)"), and what begins
 * a list or a heading.
 */
const LINK = /www\.|:\/\//i;

/** A piece of a report in a paragraph or a list. */
export function inline(parts: Inline): string {
  return apart(parts.map((part) => printed(part, code)));
}

/** Code spans that touch would be read as another one, with other ends. */
function apart(texts: readonly string[]): string {
  return texts.reduce(
    (line, text) => (line.endsWith("`") && text.startsWith("`") ? `${line} ${text}` : line + text),
    "",
  );
}

/** The same in a cell of a table. */
export function cell(parts: Inline): string {
  return apart(parts.map((part) => printed(part, cellCode)));
}

/**
 * A pipe ends a cell, in a code span too, unless a backslash stands before it (GFM, section 4.10).
 * What two backslashes before one mean, readers of Markdown do not agree on: there it is a broken
 * bar.
 */
function cellCode(text: string): string {
  return code(text.replaceAll("\\|", "\\¦")).replaceAll("|", "\\|");
}

/**
 * The same in HTML between Markdown, such as a summary: there Markdown means nothing. GitHub looks
 * for mentions and references in no `code`.
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
  // Words of ours hold nothing that means anything; if they do after all, something from outside
  // got among them.
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

/**
 * Foreign text as a code span of GitHub-flavoured Markdown: the one way in which anything from a
 * plan gets into a line of a report. In a code span nothing is Markdown, HTML, a mention or a
 * reference (GFM, section 6.3).
 */
export function code(text: string): string {
  const line = oneLine(text);
  if (!/[` ]/.test(line) && line !== "") return `\`${line}\``;
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  // A blank on either side is taken away again, unless there is nothing but blanks.
  const padded = /^`|`$|^ .*[^ ].* $/.test(line) || line === "" ? ` ${line} ` : line;
  return fence + padded + fence;
}
