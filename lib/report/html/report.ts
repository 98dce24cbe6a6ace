import { plainText } from "../../describe/phrase";
import { html } from "../../html/html";
import { page } from "../../html/page";
import { EVERYTHING } from "../document/detail";
import { type GateResult, reviewDocument, verdictLine } from "../document/review-document";
import type { Review } from "../model/review";
import { verdictOf } from "../verdict/verdict";
import { htmlBlocks, inlineOf } from "./blocks";
import { STYLE } from "./style";

/** A tab shows no more of a title than that. */
const TITLE_CHARACTERS = 120;

/**
 * The whole review as a page that needs nothing but itself: no script, no font, no picture, no
 * address of anybody.
 */
export function printHtml(review: Review, gate?: GateResult): string {
  const blocks = reviewDocument(review, gate, EVERYTHING);
  return page({
    title: plainText(verdictOf(review)).slice(0, TITLE_CHARACTERS),
    style: STYLE,
    body: html`<main>
<h1>${inlineOf(verdictLine(review))}</h1>
${htmlBlocks(blocks)}<footer>cdktf-circleci-oidc</footer>
</main>`,
  });
}
