import { oneDiffLine, oneLine } from "../../collections/one-line";
import { type Html, html } from "../../html/html";
import type { Block, DiffLine, Inline, ListItem } from "../document/block";

/** A report as HTML. */
export function htmlBlocks(blocks: readonly Block[]): readonly Html[] {
  return blocks.map(block);
}

function block(one: Block): Html {
  switch (one.kind) {
    case "heading":
      return html`<h2>${inlineOf(one.text)}</h2>\n`;
    case "paragraph":
      return html`<p>${inlineOf(one.text)}</p>\n`;
    case "list":
      return list(one.items);
    case "table":
      return html`<div class="wide"><table>\n<tr>${one.header.map((text) => html`<th scope="col">${inlineOf(text)}</th>`)}</tr>\n${one.rows.map(
        (row) =>
          html`<tr>${row.map((text, at) => html`<td data-column="${plainText(one.header[at] ?? [])}">${cellOf(text)}</td>`)}</tr>\n`,
      )}</table></div>\n`;
    case "details":
      return html`<details><summary>${inlineOf(one.summary)}</summary>\n<div>${htmlBlocks(one.blocks)}</div></details>\n`;
    case "diff":
      return html`<pre>${one.lines.map(line)}</pre>\n`;
    case "shell":
      return html`<pre>${one.lines.map((text) => html`${oneDiffLine(text)}\n`)}</pre>\n`;
  }
}

function list(items: readonly ListItem[]): Html {
  return html`<ul>\n${items.map(
    ({ text, items: inner = [] }) =>
      html`<li>${inlineOf(text)}${inner.length === 0 ? "" : list(inner)}</li>\n`,
  )}</ul>\n`;
}

/**
 * Outside of tables, every long name may break behind its marks: on a phone it has a line for
 * itself.
 */
export function inlineOf(parts: Inline): readonly (Html | string)[] {
  return inlineWith(parts, brokenCode);
}

/**
 * An address or an ARN in a cell may break, so that a table fits on the page; other names stay
 * whole.
 */
const BREAKS_IN_CELL = /^(?:…?[a-z0-9]+_[a-z0-9_]+\.|data\.|module\.|arn:)/;

function cellOf(parts: Inline): readonly (Html | string)[] {
  return inlineWith(parts, (text) =>
    BREAKS_IN_CELL.test(text) ? brokenCode(text) : html`<code>${text}</code>`,
  );
}

/** Code that may break behind its dots, underscores, colons and slashes. */
function brokenCode(text: string): Html {
  const [first = "", ...pieces] = text.split(/(?<=[._:/])(?=\w)/);
  return html`<code>${first}${pieces.map((piece) => html`<wbr>${piece}`)}</code>`;
}

function inlineWith(parts: Inline, code: (text: string) => Html): readonly (Html | string)[] {
  return parts.map((part) => {
    if (typeof part === "string") return part;
    if ("quoted" in part) return code(oneLine(part.quoted));
    if ("strong" in part) return html`<b>${part.strong}</b>`;
    return part.url.startsWith("https://") ? html`<a href="${part.url}">${part.text}</a>` : part.text;
  });
}

/** The words of a cell, without marks. */
function plainText(parts: Inline): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      return "quoted" in part ? part.quoted : "strong" in part ? part.strong : part.text;
    })
    .join("");
}

const CLASSES = { "+": "new", "-": "old", "!": "note", " ": "same" } as const;

function line({ mark, text }: DiffLine): Html {
  return html`<span class="${CLASSES[mark]}">${mark} ${oneDiffLine(text)}</span>\n`;
}
