import { withSeparators } from "../../describe/list";
import { plainText } from "../../describe/phrase";
import { type Block, type Inline, strong } from "../document/block";
import { type Detail, EVERYTHING, STEPS } from "../document/detail";
import { leastCharacters } from "../document/least-characters";
import { reviewDocument } from "../document/review-document";
import { verdictLine } from "../document/verdict-line";
import type { Review } from "../model/review";
import type { GateResult } from "../verdict/gate";
import { type Details, markdown } from "./blocks";
import { inline } from "./inline";

export interface MarkdownOptions {
  readonly gate?: GateResult;
  /** Default: `folded`. */
  readonly details?: Details;
  /** Where the full report is: shown below, since a comment may be cut. */
  readonly whole?: readonly { readonly text: string; readonly url?: string }[];
}

/**
 * The whole review as Markdown: the headline, then access, then resources. The same review gives
 * the same bytes.
 */
export function printMarkdown(review: Review, options: MarkdownOptions = {}): string {
  return print(review, options, EVERYTHING, []);
}

/**
 * As much of it as fits into a comment, shortened in the steps of lib/report/document/detail.ts. The
 * end says what was omitted and where the full report is.
 * @param most characters (UTF-16 units, of which a text has at least as many as characters); 200 or
 * more
 */
export function fitMarkdown(review: Review, most: number, options: MarkdownOptions = {}): string {
  const omitted: string[] = [];
  for (const step of STEPS) {
    if (step.omits !== undefined) omitted.push(step.omits);
    if (leastCharacters(review, step) > most) continue;
    const text = print(review, options, step, omitted);
    if (text.length <= most) return text;
  }
  return cutHeadline(review, most, options);
}

function print(
  review: Review,
  { gate, whole, details }: MarkdownOptions,
  detail: Detail,
  omitted: readonly string[],
): string {
  const rest: readonly Block[] = [
    ...reviewDocument(review, gate, detail),
    ...(omitted.length === 0 ? [] : [{ kind: "paragraph", text: omission(omitted, whole) } as const]),
    ...(omitted.length > 0 || whole === undefined || whole.length === 0
      ? []
      : [{ kind: "paragraph", text: ["Full report: ", ...links(whole)] } as const]),
  ];
  const { mark, text } = verdictLine(review);
  return `${mark} **${inline(text)}**\n\n${markdown(rest, details)}`.trimEnd();
}

function omission(omitted: readonly string[], whole: MarkdownOptions["whole"]): Inline {
  const where =
    whole === undefined || whole.length === 0 ? ["run the review with --html or --markdown"] : links(whole);
  return [strong("Omitted to fit:"), ` ${omitted.join(", ")}. `, "Full report: ", ...where];
}

function links(whole: NonNullable<MarkdownOptions["whole"]>): Inline {
  return whole.flatMap(
    ({ text, url }, index): Inline => [
      index === 0 ? "" : ", ",
      url === undefined ? { quoted: text } : { text, url },
    ],
  );
}

/** The headline alone does not fit: its beginning, and a note that it is cut. */
function cutHeadline(review: Review, most: number, { whole }: MarkdownOptions): string {
  const end = `\n\n${inline(omission([`all but the first words of the headline (limit: ${withSeparators(most)} characters)`], whole))}`;
  const room = most - end.length - "** …**".length;
  const { mark, text } = verdictLine(review);
  const words = `${mark} ${plainText(text)}`;
  const short = inline([{ quoted: words.slice(0, Math.max(0, Math.floor(room / 2))) }, " …"]);
  return `${short}${end}`.slice(0, most);
}
