import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { printHtml } from "../../../lib/report/html/report";
import { browser, see } from "../../html/browser";
import { aChange, anAccessChange, anAttribute, aReview, aReviewOf, aStack } from "../a-review";
import { NASTY, nastyTexts } from "../nasty-texts";

/** Everything that a page of ours is made of below its head. */
const TAGS = new Set([
  ...["main", "h1", "h2", "p", "ul", "li", "code", "b", "details", "summary", "div", "pre", "span", "table"],
  ...["tr", "th", "td", "footer", "body", "html"],
]);

const evil = NASTY.join(" ");
const review = aReview({
  commit: evil,
  access: [anAccessChange({ subject: evil, reason: [{ quoted: evil }] })],
  stacks: [
    aStack({
      name: evil,
      failure: evil,
      isErrored: true,
      resources: [aChange("destroy", evil, { attributes: [anAttribute(evil, evil, evil.repeat(20))] })],
    }),
  ],
});

test("untrusted text never becomes a tag, an attribute or an entity", () => {
  fc.assert(
    fc.property(aReviewOf(nastyTexts), (one) => {
      const [, body = ""] = /<body>([\s\S]*)$/.exec(printHtml(one)) ?? [];
      for (const [tag, name = "", rest = ""] of body.matchAll(/<\/?([a-z0-9]*)([^>]*)>/g)) {
        expect([tag, TAGS.has(name)]).toEqual([tag, true]);
        expect(rest).toMatch(/^( class="(wide|new|old|note|same)")?$/);
      }
      expect(body.replace(/<\/?[a-z0-9]+[^<>]*>/g, "")).not.toMatch(/[<>]|&(?!#\d+;)/);
    }),
    { numRuns: 40 },
  );
});

test("the page has no script and no request, and its policy forbids both", () => {
  const page = printHtml(review);
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(page).not.toMatch(/<(script|link|img|iframe|object|form)|<[^>]*\son\w+=|url\(/i);
  expect(page).toContain("prefers-color-scheme: dark");
});

test("the same review gives the same bytes", () => {
  expect(printHtml(review)).toBe(printHtml(review));
});

// The same page in a real browser, where there is one.
if (browser !== undefined) {
  test.each([360, 1_280])(
    "at %d pixels nothing sticks out, nothing is fetched, and what it quotes does not run",
    async (width) => {
      const folder = mkdtempSync(path.join(tmpdir(), "report-"));
      try {
        writeFileSync(path.join(folder, "record.html"), printHtml(review));
        const seen = await see(folder, width);
        expect(seen.width).toBeLessThanOrEqual(seen.room);
        expect(seen).toMatchObject({ fetched: 0, ran: false });
        expect(seen.english).toContain("destroy");
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    60_000,
  );
}
