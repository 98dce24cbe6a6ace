import { oneDiffLine } from "../../collections/one-line";
import type { Block, ListItem } from "../document/block";
import { cell, inline, inlineHtml } from "./inline";

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
 * Blanks that do not break give a column a least width: a phone shows it beside columns of long code,
 * which would leave it one word a line, and scrolls to those.
 */
const MAIN_COLUMN = "\u00a0".repeat(36);

function block(one: Block, details: Details): string {
  switch (one.kind) {
    case "heading":
      return `### ${inline(one.text)}`;
    case "paragraph":
      return inline(one.text);
    case "list":
      return one.items.flatMap((item) => listItem(item, "")).join("\n");
    case "table":
      return [
        one.header.map((text) => (text[0] === one.main ? [`${one.main}${MAIN_COLUMN}`] : text)),
        one.header.map(() => ["---"]),
        ...one.rows,
      ]
        .map((row) => `| ${row.map(cell).join(" | ")} |`)
        .join("\n");
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

function listItem({ text, items = [] }: ListItem, indent: string): readonly string[] {
  return [`${indent}- ${inline(text)}`, ...items.flatMap((item) => listItem(item, `${indent}  `))];
}

/**
 * A fence longer than any run of backticks in the lines, so that no line ends it (GFM, section 4.5).
 */
function fence(language: string, texts: readonly string[]): string {
  let longest = 2;
  for (const text of texts.filter((one) => one.includes("`")))
    for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  const ticks = "`".repeat(longest + 1);
  return [`${ticks}${language}`, ...texts, ticks].join("\n");
}
