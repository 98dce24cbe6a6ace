import { plainText } from "../../lib/describe/phrase";
import { verdictLine } from "../../lib/report/document/verdict-line";
import type { Review } from "../../lib/report/model/review";
import { verdictOf } from "../../lib/report/verdict/verdict";

/** A headline is short, and an all-clear only if the verdict is one. */
export function expectTrueHeadline(review: Review): void {
  const { outcome } = verdictOf(review);
  const { mark, text } = verdictLine(review);
  const headline = plainText(text);
  const saysSo = /^(?:No change|Access only shrinks)/.test(headline);
  expect(saysSo && (outcome === "grows" || outcome === "undetermined")).toBe(false);
  // As it is shown, with its mark; and the words say all of it without the mark.
  expect([...`${mark} ${headline}`].length).toBeLessThanOrEqual(120);
  expect(headline).not.toMatch(/\p{Extended_Pictographic}/u);
}
