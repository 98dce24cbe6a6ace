import { oneDiffLine } from "../../collections/one-line";
import type { Block, Inline, ListItem } from "../document/block";
import { cell, inline, inlineHtml } from "./inline";
import { longestCode, type TableHost } from "./table-width";

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

/** How a host shows Markdown. */
export interface MarkdownLayout {
  readonly details: Details;
  /** Whose pages tables fit on. */
  readonly host: TableHost;
}

/** A report as GitHub-flavoured Markdown. GitLab and Bitbucket render the same, except HTML. */
export function markdown(
  blocks: readonly Block[],
  layout: MarkdownLayout = { details: "folded", host: "github" },
): string {
  return blocks.map((one) => block(one, layout)).join("\n\n");
}

/**
 * Blanks that do not break give a column a least width: a phone shows it beside columns of long
 * code, which would leave it one word a line, and scrolls to those.
 */
const MAIN_COLUMN = "\u00a0".repeat(36);
/** Pixels of these and of a word. */
const MAIN_PIXELS = 180;

function block(one: Block, layout: MarkdownLayout): string {
  switch (one.kind) {
    case "heading":
      return `### ${inline(one.text)}`;
    case "paragraph":
      return inline(one.text);
    case "list":
      return one.items.flatMap((item) => listItem(item, "")).join("\n");
    case "table":
      return table(one, layout.host);
    case "details":
      if (layout.details === "open") return `#### ${inline(one.summary)}\n\n${markdown(one.blocks, layout)}`;
      // An empty line ends an HTML block (GFM, section 4.6).
      return `<details><summary>${inlineHtml(one.summary)}</summary>\n\n${markdown(one.blocks, layout)}\n\n</details>`;
    case "diff":
      return fence(
        "diff",
        one.lines.map(({ mark, text }) => `${mark} ${oneDiffLine(text)}`.trimEnd()),
      );
    case "shell":
      return fence("sh", one.lines.map(oneDiffLine));
  }
}

function table({ header, rows, main }: Extract<Block, { readonly kind: "table" }>, host: TableHost): string {
  const isMain = (text: Inline): boolean => main !== undefined && text[0] === main;
  const longest = longestCode(
    [header, ...rows],
    header.map((text) => (isMain(text) ? MAIN_PIXELS : 0)),
    host,
  );
  return [
    header.map((text) => (isMain(text) ? [`${main}${MAIN_COLUMN}`] : text)),
    // GitHub centers headers unless a column says otherwise.
    header.map(() => [":--"]),
    ...rows,
  ]
    .map((row) => `| ${row.map((one, at) => cell(one, longest[at] ?? 0)).join(" | ")} |`)
    .join("\n");
}

/**
 * Bitbucket Cloud's renderer (Python-Markdown) nests a list only if it is indented by four blanks;
 * CommonMark takes two to five.
 */
const NESTED = "    ";

function listItem({ text, items = [] }: ListItem, indent: string): readonly string[] {
  return [`${indent}- ${inline(text)}`, ...items.flatMap((item) => listItem(item, `${indent}${NESTED}`))];
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
