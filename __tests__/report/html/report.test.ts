import fc from "fast-check";
import { printHtml } from "../../../lib/report/html/report";
import { cases } from "../../iam/automata/cases";
import { aReviewOf } from "../a-review";
import { nastyTexts } from "../nasty-texts";
import { hostileReview } from "./hostile-review";

/** Everything that a page of ours is made of below its head. */
const TAGS = new Set([
  ...["main", "h1", "h2", "p", "ul", "li", "code", "b", "details", "summary", "div", "pre", "span", "table"],
  ...["tr", "th", "td", "footer", "body", "html", "wbr"],
]);

test("untrusted text never becomes a tag, an attribute or an entity", () => {
  fc.assert(
    fc.property(aReviewOf(nastyTexts), (one) => {
      const [, body = ""] = /<body>([\s\S]*)$/.exec(printHtml(one)) ?? [];
      for (const [tag, name = "", rest = ""] of body.matchAll(/<\/?([a-z0-9]*)([^>]*)>/g)) {
        expect([tag, TAGS.has(name)]).toEqual([tag, true]);
        expect(rest).toMatch(/^( class="(wide|new|old|note|same)"| data-column="[A-Za-z ]+"| scope="col")?$/);
      }
      expect(body.replace(/<\/?[a-z0-9]+[^<>]*>/g, "")).not.toMatch(/[<>]|&(?!#\d+;)/);
    }),
    cases(8, 1_000),
  );
});

test("the page has no script and no request, and its policy forbids both", () => {
  const page = printHtml(hostileReview);
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(page).not.toMatch(/<(script|link|img|iframe|object|form)|<[^>]*\son\w+=|url\(/i);
  expect(page).toContain("prefers-color-scheme: dark");
});

test("the page does not depend on the current time", () => {
  jest.useFakeTimers({ now: new Date("2026-01-01T00:00:00Z") });
  const page = printHtml(hostileReview);
  jest.setSystemTime(new Date("2027-12-31T23:59:59Z"));
  expect(printHtml(hostileReview)).toBe(page);
  jest.useRealTimers();
});
