import { plainText } from "../../describe/phrase";
import { html } from "../../html/html";
import { page } from "../../html/page";
import { EVERYTHING } from "../document/detail";
import { reviewDocument } from "../document/review-document";
import { verdictLine } from "../document/verdict-line";
import type { Review } from "../model/review";
import type { GateResult } from "../verdict/gate";
import { htmlBlocks, inlineOf } from "./blocks";
import { STYLE } from "./style";

/** The whole review as a page that loads nothing: no script, no font, no image. */
export function printHtml(review: Review, gate?: GateResult): string {
  const { mark, text } = verdictLine(review);
  const blocks = reviewDocument(review, gate, EVERYTHING);
  return page({
    title: plainText(text),
    style: STYLE,
    body: html`<main>
<h1>${mark} ${inlineOf(text)}</h1>
${htmlBlocks(blocks)}<footer>cdktf-circleci-oidc</footer>
</main>`,
  });
}
