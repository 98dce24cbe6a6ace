import { withSeparators } from "../../describe/list";
import { plainText } from "../../describe/phrase";
import { type Block, type Inline, strong } from "../document/block";
import { type Detail, EVERYTHING, STEPS } from "../document/detail";
import { leastCharacters } from "../document/least-characters";
import { reviewDocument } from "../document/review-document";
import { verdictLine } from "../document/verdict-line";
import type { Review } from "../model/review";
import type { GateResult } from "../verdict/gate";
import { type Details, detailsLast, markdown } from "./blocks";
import { inline } from "./inline";
import type { TableHost } from "./table-width";

export interface MarkdownOptions {
  readonly gate?: GateResult;
  /** Default: `folded`. */
  readonly details?: Details;
  /** Whose pages tables fit on. Default: `github`. */
  readonly host?: TableHost;
  /** Where the full report is: shown below, since a comment may be cut. */
  readonly whole?: readonly ReportLink[];
  /** Above the headline. */
  readonly title?: string;
  /** Below the headline, such as the run of the pipeline. */
  readonly links?: readonly ReportLink[];
  /** The last line. */
  readonly footer?: string;
}

interface ReportLink {
  readonly text: string;
  /** https. Absent: the text is a file. */
  readonly url?: string;
}

/**
 * The whole review as Markdown: the headline, then access, then resources. The same review gives
 * the same bytes.
 */
export function printMarkdown(review: Review, options: MarkdownOptions = {}): string {
  return print(review, options, EVERYTHING, []);
}

/**
 * As much of it as fits into a comment, shortened in the steps of lib/report/document/detail.ts.
 * The end says what was omitted and where the full report is.
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
  { gate, whole, details = "folded", host = "github", title, links = [], footer }: MarkdownOptions,
  detail: Detail,
  omitted: readonly string[],
): string {
  const document = reviewDocument(review, gate, detail);
  const rest: readonly Block[] = [
    ...(links.length === 0 ? [] : [{ kind: "paragraph", text: listed(links) } as const]),
    ...(details === "open" ? detailsLast(document) : document),
    ...(omitted.length === 0 ? [] : [{ kind: "paragraph", text: omission(omitted, whole) } as const]),
    ...(omitted.length > 0 || whole === undefined || whole.length === 0
      ? []
      : [{ kind: "paragraph", text: ["Full report: ", ...listed(whole)] } as const]),
    ...(footer === undefined ? [] : [{ kind: "paragraph", text: ownText(footer) } as const]),
  ];
  const { mark, text } = verdictLine(review);
  const above = title === undefined ? "" : `## ${inline(ownText(title))}\n\n`;
  return `${above}${mark} **${inline(text)}**\n\n${markdown(rest, { details, host })}`.trimEnd();
}

/** A text of `--title` or `--footer`: as it is, or as code where it could be markup. */
function ownText(text: string): Inline {
  return [text.replace(/\s+/g, " ").trim()];
}

function omission(omitted: readonly string[], whole: MarkdownOptions["whole"]): Inline {
  const where =
    whole === undefined || whole.length === 0 ? ["run the review with --html or --markdown"] : listed(whole);
  return [strong("Omitted to fit:"), ` ${omitted.join(", ")}. `, "Full report: ", ...where];
}

function listed(whole: readonly ReportLink[]): Inline {
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
