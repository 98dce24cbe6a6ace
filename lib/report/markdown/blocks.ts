import { oneDiffLine } from "../../collections/one-line";
import type { Block, Inline, ListItem } from "../document/block";
import { cell, inline, inlineHtml } from "./inline";
import { longestCode } from "./table-width";

/**
 * `folded`: a `<details>` element. `open`: for hosts that show HTML as text, such as Bitbucket.
 */
export type Details = "folded" | "open";

/**
 * Where nothing can be folded: first all that is read in any case, then the details under a heading
 * of their own. A heading without anything below it is left out.
 */
export function detailsLast(blocks: readonly Block[]): readonly Block[] {
  const open = blocks.filter(({ kind }) => kind !== "details");
  const folded = blocks.filter(({ kind }) => kind === "details");
  const isEmpty = (at: number) => {
    const next = open[at + 1];
    return open[at]?.kind === "heading" && (next === undefined || next.kind === "heading");
  };
  return [
    ...open.filter((_, at) => !isEmpty(at)),
    ...(folded.length === 0 ? [] : [{ kind: "heading", text: ["Details"] } as const, ...folded]),
  ];
}

/** A report as GitHub-flavoured Markdown. GitLab and Bitbucket render the same, except HTML. */
export function markdown(blocks: readonly Block[], details: Details = "folded"): string {
  return blocks.map((one) => block(one, details)).join("\n\n");
}

/**
 * Blanks that do not break give a column a least width: a phone shows it beside columns of long
 * code, which would leave it one word a line, and scrolls to those.
 */
const MAIN_COLUMN = "\u00a0".repeat(36);
/** Pixels of these and of a word. */
const MAIN_PIXELS = 180;

function block(one: Block, details: Details): string {
  switch (one.kind) {
    case "heading":
      return `### ${inline(one.text)}`;
    case "paragraph":
      return inline(one.text);
    case "list":
      return one.items.flatMap((item) => listItem(item, "")).join("\n");
    case "table":
      return table(one);
    case "details":
      if (details === "open") return `#### ${inline(one.summary)}\n\n${markdown(one.blocks, details)}`;
      // An empty line ends an HTML block (GFM, section 4.6).
      return `<details><summary>${inlineHtml(one.summary)}</summary>\n\n${markdown(one.blocks)}\n\n</details>`;
    case "diff":
      return fence(
        "diff",
        one.lines.map(({ mark, text }) => `${mark} ${oneDiffLine(text)}`.trimEnd()),
      );
    case "shell":
      return fence("sh", one.lines.map(oneDiffLine));
  }
}

function table({ header, rows, main }: Extract<Block, { readonly kind: "table" }>): string {
  const isMain = (text: Inline): boolean => main !== undefined && text[0] === main;
  const longest = longestCode(
    [header, ...rows],
    header.map((text) => (isMain(text) ? MAIN_PIXELS : 0)),
  );
  return [
    header.map((text) => (isMain(text) ? [`${main}${MAIN_COLUMN}`] : text)),
    header.map(() => ["---"]),
    ...rows,
  ]
    .map((row) => `| ${row.map((one, at) => cell(one, longest[at] ?? 0)).join(" | ")} |`)
    .join("\n");
}

function listItem({ text, items = [] }: ListItem, indent: string): readonly string[] {
  return [`${indent}- ${inline(text)}`, ...items.flatMap((item) => listItem(item, `${indent}  `))];
}

/**
 * A fence longer than any run of backticks in the lines, so that no line ends it (GFM, section
 * 4.5).
 */
function fence(language: string, texts: readonly string[]): string {
  let longest = 2;
  for (const text of texts.filter((one) => one.includes("`")))
    for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  const ticks = "`".repeat(longest + 1);
  return [`${ticks}${language}`, ...texts, ticks].join("\n");
}
