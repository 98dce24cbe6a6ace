import { html, raw } from "../../html/html";
import { EVERYTHING } from "../document/detail";
import { type GateResult, reviewDocument, verdictLine } from "../document/review-document";
import { plainText } from "../model/phrase";
import type { Review } from "../model/review";
import { verdictOf } from "../verdict";
import { htmlBlocks, inlineOf } from "./blocks";
import { STYLE } from "./style";

/** A tab shows no more of a title than that. */
const TITLE_CHARACTERS = 120;

/** The whole review as a page that needs nothing but itself: no script, no font, no picture, no address of anybody. */
export function printHtml(review: Review, gate?: GateResult): string {
  const blocks = reviewDocument(review, gate, { ...EVERYTHING, foldsLonger: true });
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${plainText(verdictOf(review)).slice(0, TITLE_CHARACTERS)}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<main>
<h1>${inlineOf(verdictLine(review))}</h1>
${htmlBlocks(blocks)}<footer>cdktf-circleci-oidc</footer>
</main>
</body>
</html>
`.text;
}
