import type { Block, DiffLine, ListItem } from "../document/block";
import { oneDiffLine } from "../one-line";
import { cell, inline, inlineHtml } from "./inline";

/** A report as GitHub-flavoured Markdown, which GitLab and Bitbucket read alike. */
export function markdown(blocks: readonly Block[]): string {
  return blocks.map(block).join("\n\n");
}

function block(one: Block): string {
  switch (one.kind) {
    case "heading":
      return `### ${inline(one.text)}`;
    case "paragraph":
      return inline(one.text);
    case "list":
      return one.items.flatMap((item) => listItem(item, "")).join("\n");
    case "table":
      return [one.header, one.header.map(() => ["---"]), ...one.rows]
        .map((row) => `| ${row.map(cell).join(" | ")} |`)
        .join("\n");
    case "details":
      // Markdown begins again after an empty line (GFM, section 4.6, HTML blocks).
      return `<details><summary>${inlineHtml(one.summary)}</summary>\n\n${markdown(one.blocks)}\n\n</details>`;
    case "diff":
      return fence(one.lines);
  }
}

function listItem({ text, items = [] }: ListItem, indent: string): readonly string[] {
  return [`${indent}- ${inline(text)}`, ...items.flatMap((item) => listItem(item, `${indent}  `))];
}

/** A fence longer than any row of backticks in it: nothing of what stands there can end it (GFM, section 4.5). */
function fence(lines: readonly DiffLine[]): string {
  const texts = lines.map(({ mark, text }) => `${mark} ${oneDiffLine(text)}`.trimEnd());
  let longest = 2;
  for (const text of texts.filter((one) => one.includes("`")))
    for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  const ticks = "`".repeat(longest + 1);
  return [`${ticks}diff`, ...texts, ticks].join("\n");
}
