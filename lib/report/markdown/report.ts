import { plainText } from "../../describe/phrase";
import { type Block, type Inline, strong, withSeparators } from "../document/block";
import { type Detail, EVERYTHING, STEPS } from "../document/detail";
import { leastCharacters } from "../document/least-characters";
import { type GateResult, reviewDocument, verdictLine } from "../document/review-document";
import type { Review } from "../model/review";
import { verdictOf } from "../verdict/verdict";
import { type Details, markdown } from "./blocks";
import { inline } from "./inline";

export interface MarkdownOptions {
  readonly gate?: GateResult;
  /** Default: `folded`. */
  readonly details?: Details;
  /** Where all of it is, for whoever reads a part. */
  readonly whole?: readonly { readonly text: string; readonly url?: string }[];
}

/**
 * The whole review as Markdown: the verdict in the first line, then access, then resources. The
 * same review gives the same bytes.
 */
export function printMarkdown(review: Review, options: MarkdownOptions = {}): string {
  return print(review, options, EVERYTHING, []);
}

/**
 * As much of it as fits into a comment. It is taken away in steps (lib/report/document/detail.ts):
 * what changes for access, and what is destroyed or replaced, last of all. What was left out is
 * said, and where the whole is.
 * @param most characters (UTF-16 units, of which a text has at least as many as characters); 200 or
 * more
 */
export function fitMarkdown(review: Review, most: number, options: MarkdownOptions = {}): string {
  const leftOut: string[] = [];
  for (const step of STEPS) {
    if (step.leavesOut !== undefined) leftOut.push(step.leavesOut);
    if (leastCharacters(review, step) > most) continue;
    const text = print(review, options, step, leftOut);
    if (text.length <= most) return text;
  }
  return cutVerdict(review, most, options);
}

function print(
  review: Review,
  { gate, whole, details }: MarkdownOptions,
  detail: Detail,
  leftOut: readonly string[],
): string {
  const rest: readonly Block[] = [
    ...reviewDocument(review, gate, detail),
    ...(leftOut.length === 0 ? [] : [{ kind: "paragraph", text: said(leftOut, whole) } as const]),
    ...(leftOut.length > 0 || whole === undefined || whole.length === 0
      ? []
      : [{ kind: "paragraph", text: ["All of it: ", ...links(whole)] } as const]),
  ];
  return `**${inline(verdictLine(review))}**\n\n${markdown(rest, details)}`.trimEnd();
}

function said(leftOut: readonly string[], whole: MarkdownOptions["whole"]): Inline {
  const where =
    whole === undefined || whole.length === 0
      ? ["run the review yourself with --html or --markdown to see all of it"]
      : links(whole);
  return [strong("Left out to fit:"), ` ${leftOut.join(", ")}. `, "All of it: ", ...where];
}

function links(whole: NonNullable<MarkdownOptions["whole"]>): Inline {
  return whole.flatMap(
    ({ text, url }, index): Inline => [
      index === 0 ? "" : ", ",
      url === undefined ? { quoted: text } : { text, url },
    ],
  );
}

/** Not even the verdict fits: its beginning, and that it is one. */
function cutVerdict(review: Review, most: number, { whole }: MarkdownOptions): string {
  const end = `\n\n${inline(said([`all but the first words of the verdict, to fit ${withSeparators(most)} characters`], whole))}`;
  const room = most - end.length - "** …**".length;
  const words = plainText(verdictOf(review));
  const short = inline([{ quoted: words.slice(0, Math.max(0, Math.floor(room / 2))) }, " …"]);
  return `${short}${end}`.slice(0, most);
}
