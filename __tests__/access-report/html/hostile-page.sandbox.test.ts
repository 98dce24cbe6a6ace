import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { accessPage } from "../../../lib/access-report/html/access-page";
import type { AccessReport } from "../../../lib/access-report/model/report";
import { see, sheetsOf, testInBrowser } from "../../html/browser";
import { cases } from "../../iam/automata/cases";
import { NASTY, nastyTexts } from "../../report/nasty-texts";
import { hostileReport } from "./hostile-report";

/** Everything that the page is made of below its head. */
const TAGS = new Set([
  ...[
    "a",
    "b",
    "body",
    "caption",
    "code",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
  ],
  ...["header", "html", "li", "main", "nav", "p", "section", "span", "summary", "table", "tbody", "td", "th"],
  ...["thead", "tr", "ul"],
]);
const ATTRIBUTES =
  /^(?: (?:class="[a-z ]+"|id="[A-Za-z0-9_-]+"|href="#[A-Za-z0-9_-]+"|lang="en"|scope="(?:col|row)"|tabindex="0"|role="group"|open=""|aria-(?:label|labelledby)="[^"<>]*"|data-label="[^"<>]*"))*$/;
/** What is not seen, or changes how others are shown; line ends are of the page itself. */
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

function check(report: AccessReport): void {
  for (const language of ["en", "ja"] as const) {
    const page = accessPage(report, language);
    const [, body = ""] = /<body>([\s\S]*)$/.exec(page) ?? [];
    for (const [tag, name = "", rest = ""] of body.matchAll(/<\/?([a-z0-9]*)([^>]*)>/g)) {
      if (!TAGS.has(name) || !ATTRIBUTES.test(rest)) throw new Error(`not of the page: ${tag}`);
    }
    expect(body.replace(/<\/?[a-z0-9]+[^<>]*>/g, "")).not.toMatch(/[<>]|&(?!#\d+;)/);
    expect(UNSEEN.exec(page)).toBeNull();
  }
}

test("untrusted text never becomes a tag, an attribute or an address, and hides nothing", () => {
  fc.assert(
    fc.property(fc.array(nastyTexts, { minLength: 3, maxLength: 6 }), (texts) => check(hostileReport(texts))),
    cases(6, 300),
  );
});

test("each of the hostile texts by itself", () => {
  check(hostileReport(NASTY));
});

test("the page has no script and no request, and its policy forbids both", () => {
  const page = accessPage(hostileReport(NASTY));
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(page).not.toMatch(/<(?:script|link|img|iframe|object|form|base)|<[^>]*\son\w+=|url\(|@import/i);
});

testInBrowser(
  "the page fits a phone, fetches nothing, runs nothing, and prints with all that is folded",
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "access-"));
    try {
      const page = accessPage(hostileReport([...NASTY, "x".repeat(300)]), "en");
      writeFileSync(path.join(folder, "record.html"), page.replaceAll(' open=""', ""));
      const seen = await see(folder, 375);
      expect(seen.width).toBeLessThanOrEqual(seen.room);
      expect(seen).toMatchObject({ fetched: 0, ran: false });
      expect(seen.english).toContain("people can administer an AWS account");
      // Folded, the page has 3 sheets.
      expect(await sheetsOf(folder)).toBeGreaterThan(12);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
