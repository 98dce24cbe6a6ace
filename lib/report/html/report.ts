import { plainText } from "../../describe/phrase";
import { html } from "../../html/html";
import { page } from "../../html/page";
import type { Inline } from "../document/block";
import { EVERYTHING } from "../document/detail";
import { reviewDocument } from "../document/review-document";
import { verdictLine } from "../document/verdict-line";
import type { Review } from "../model/review";
import type { GateResult } from "../verdict/gate";
import { htmlBlocks, inlineOf } from "./blocks";
import { STYLE } from "./style";

/** What a team adds (`--title`, `--link`, `--footer`). */
interface HtmlOptions {
  readonly title?: string;
  readonly links?: readonly { readonly text: string; readonly url?: string }[];
  readonly footer?: string;
}

/** The whole review as a page that loads nothing: no script, no font, no image. */
export function printHtml(
  review: Review,
  gate?: GateResult,
  { title, links = [], footer }: HtmlOptions = {},
): string {
  const { mark, text } = verdictLine(review);
  const blocks = reviewDocument(review, gate, EVERYTHING);
  return page({
    title: title === undefined ? plainText(text) : `${title}: ${plainText(text)}`,
    style: STYLE,
    body: html`<main>
${title === undefined ? "" : html`<p>${title}</p>\n`}<h1>${mark} ${inlineOf(text)}</h1>
${links.length === 0 ? "" : html`<p>${inlineOf(links.flatMap((one, at): Inline => [at === 0 ? "" : ", ", { url: "", ...one }]))}</p>\n`}${htmlBlocks(blocks)}<footer>${footer === undefined ? "" : `${footer} · `}cdktf-circleci-oidc</footer>
</main>`,
  });
}
