import { oneLine } from "../../collections/one-line";
import { escapeHtml } from "../../html/html";
import type { Inline } from "../document/block";

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

/** Inline text in a table cell. */
export function cell(parts: Inline): string {
  return apart(parts.map((part) => printed(part, brokenCode)));
}

/** A longer one makes a table wider than the page that it is on. */
const LONG_ADDRESS = 44;
/** The address of a resource or of one of its attributes: its modules, its type, and the rest. */
const ADDRESS = /^(…|module\..+?\.)?((?:data\.)?[a-z0-9]+_[a-z0-9_]+)(\.[\w-]+(?:\[.*\])?(?:\.\w+)*)$/s;

/**
 * A long address in code spans between which a line may break: within one it cannot, as an address
 * has no blanks.
 */
function brokenCode(text: string): string {
  const [, modules = "", type = "", rest = ""] = text.length > LONG_ADDRESS ? (ADDRESS.exec(text) ?? []) : [];
  if (type === "") return cellCode(text);
  const pieces = modules.length > 1 ? [modules, type, rest] : [`${modules}${type}`, rest];
  return pieces.map(cellCode).join(" ");
}

/**
 * A pipe ends a cell, even in a code span, unless it follows a backslash (GFM, section 4.10).
 * Markdown renderers disagree on two backslashes before a pipe, so that pipe becomes a broken bar.
 */
function cellCode(text: string): string {
  return code(text.replaceAll("\\|", "\\¦")).replaceAll("|", "\\|");
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

/**
 * Untrusted text as a code span of GitHub-flavoured Markdown. All text from a plan goes through it.
 * In a code span nothing is Markdown, HTML, a mention or a reference (GFM, section 6.3).
 */
export function code(text: string): string {
  const line = oneLine(text);
  if (!/[` ]/.test(line) && line !== "") return `\`${line}\``;
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  // Renderers strip one blank on each side, unless the text is all blanks.
  const padded = /^`|`$|^ .*[^ ].* $/.test(line) || line === "" ? ` ${line} ` : line;
  return fence + padded + fence;
}
