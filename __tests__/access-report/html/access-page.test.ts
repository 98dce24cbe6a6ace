import { readFileSync } from "node:fs";
import path from "node:path";
import { LANGUAGES, pageFile, pageText } from "../../../dev/golden/access-report/page-text";
import { sampleReport } from "../../../dev/golden/access-report/sample";
import { accessPicture } from "../../../dev/pictures/access";
import { pictureFile, THEMES, WIDTHS } from "../../../dev/pictures/svg";
import { accessPage } from "../../../lib/access-report/html/access-page";
import { COLORS } from "../../../lib/access-report/html/style";
import type { AccessReport } from "../../../lib/access-report/model/report";
import { notExaminedIn } from "../../../lib/access-report/print/not-examined";
import { plainText } from "../../../lib/describe/phrase";
import { repositoryRoot } from "../../../lib/programs/cache";
import { reportOn } from "../a-report";
import { contrast } from "./contrast";

const sample = sampleReport();
const PAGES = { en: accessPage(sample, "en"), ja: accessPage(sample, "ja") };

const HEAD = `
organization: { id: 6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11 }
accounts: { main: { id: "123456789012", region: us-east-1, state: { bucket: acme-state } } }
people: { alice: 0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01, bob: 91d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c02 }
projects:
  website:
    id: 77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03
    repository: github.com/acme/website
    roles:
`;
const ADMINISTRATOR = `statements: [{ Effect: Allow, Action: "*", Resource: "*" }]`;

/** The text of a part of the page, without tags. */
function textOf(html: string): string {
  return html
    .replace(/<\/(?:td|th|li|p|dd|dt|h\d|caption|summary|span)>/g, " ")
    .replace(/<[^>]*>/g, "")
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, " ")
    .trim();
}

function headlineOf(roles: string, language: "en" | "ja" = "en"): string {
  const [, text = ""] = /<h1>(.*?)<\/h1>/s.exec(accessPage(reportOn(HEAD + roles), language)) ?? [];
  return textOf(text);
}

/** The cells of a row of the first matrix, after its head. */
function cellsOf(page: string, row: string): readonly string[] {
  const [, table = ""] = /<table class="matrix">(.*?)<\/table>/s.exec(page) ?? [];
  const found = [...table.matchAll(/<tr><th scope="row">(.*?)<\/th>(.*?)<\/tr>/gs)].find(
    ([, head = ""]) => textOf(head) === row,
  );
  return [...(found?.[2] ?? "").matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = ""]) => textOf(cell));
}

function sectionOf(page: string, id: string): string {
  return textOf(new RegExp(`<section aria-labelledby="${id}">(.*?)</section>`, "s").exec(page)?.[1] ?? "");
}

describe("the headline is the fact that matters most", () => {
  test.each([
    [
      "1 of 2 people can administer an AWS account",
      `      ops: { people: [alice], branches: [main], ${ADMINISTRATOR} }`,
    ],
    [
      "Everyone who can start a pipeline can administer an AWS account",
      `      ops: { people: everyone, branches: [main], ${ADMINISTRATOR} }`,
    ],
    [
      "None of 2 people can administer an AWS account",
      "      preview: { people: everyone, branches: any, bucket: acme-preview }",
    ],
    [
      "None of 2 people can administer an AWS account; 1 role undetermined",
      '      ops: { people: [alice], branches: [main], policies: ["arn:aws:iam::123456789012:policy/team"] }',
    ],
    [
      "None of 2 people can administer an AWS account",
      `      ops: { people: [{ alice: { until: 2026-11-01 } }], branches: [main], ${ADMINISTRATOR} }`,
    ],
  ])("%s", (headline, roles) => {
    expect(headlineOf(roles)).toBe(headline);
  });

  test("an administrator that this project does not manage is part of it, and the first thing to look at", () => {
    const [first = ""] = /<h2 id="notice">.*?<\/li>/s.exec(PAGES.en) ?? [];
    expect(textOf(/<h1>.*?<\/h1>/s.exec(PAGES.en)?.[0] ?? "")).toBe(
      "2 of 12 people can administer an AWS account; 1 role undetermined, 1 unmanaged role is an administrator",
    );
    expect(textOf(first)).toBe(
      "To look at administrator ci-deploy-2023: for CircleCI, and not managed by this project",
    );
  });

  test("in Japanese", () => {
    expect(headlineOf(`      ops: { people: [alice], branches: [main], ${ADMINISTRATOR} }`, "ja")).toBe(
      "2 人中 1 人が AWS アカウントを管理できます",
    );
  });
});

describe("the matrix", () => {
  const page = accessPage(
    reportOn(`${HEAD}
      deploy: { people: [alice, { bob: { until: 2026-11-01 } }], branches: [main, "release/*"], tags: ["v*"], bucket: acme }
      preview: { people: everyone, branches: any, bucket: acme-preview, until: 2027-01-31 }
`),
  );

  test.each([
    ["everyone", ["–", "any ref until 31 January 2027"]],
    ["alice", ["main release/* tag v*", "as everyone"]],
    ["bob", ["main release/* tag v* ended on 1 November 2026", "as everyone"]],
  ])("%s", (person, cells) => {
    expect(cellsOf(page, person)).toEqual(cells);
  });

  test("a project with many roles has several tables side by side, each as wide as a sheet", () => {
    const roles = Array.from(
      { length: 8 },
      (_, at) => `      r${at}: { people: [alice], branches: [main], bucket: acme-${at} }`,
    );
    const wide = accessPage(reportOn(HEAD + roles.join("\n")));
    const heads = [...wide.matchAll(/<table class="matrix">.*?<\/thead>/gs)].map(
      ([head]) => head.match(/<th /g)?.length,
    );
    expect(heads).toEqual([5, 5]);
  });
});

test("each person has what everyone has, and what is their own", () => {
  const people = sectionOf(PAGES.en, "people");
  expect(people).toContain(
    "orders/release no listed risk tag orders-v* until 11 December 2026 reason: Cover for chloe's leave, HR-2210",
  );
  expect(people).toMatch(/Like everyone who can start a pipeline: infrastructure\/plan-production/);
});

test("a hand-written role is called not proven, and what its policies allow undetermined", () => {
  const roles = sectionOf(PAGES.en, "roles");
  expect(roles).toContain(
    "data-lake/legacy-loader undetermined 1 person Its trust policy accepts: kira from any ref",
  );
  expect(roles).toContain("hand-written, not proven");
  expect(roles).toContain(
    "the contents of one policy are not known: arn:aws:iam::777788889999:policy/legacy-loader",
  );
  expect(roles).not.toContain("Its policies allow nothing");
});

test("what was not examined is said, and nothing that was", () => {
  const report = reportOn(`${HEAD}      deploy: { people: [alice], branches: [main], bucket: acme }`);
  const bare = accessPage(report);
  const said = (report: AccessReport): readonly string[] =>
    notExaminedIn(report).map(({ phrase }) => plainText(phrase));
  for (const text of said(report)) expect(sectionOf(bare, "not-examined")).toContain(text);
  expect(sectionOf(bare, "outside")).toContain("no account was asked");
  expect(sectionOf(accessPage(report, "ja"), "not-examined")).toContain(
    "CloudTrail の記録を読み込んでいません",
  );
  expect(bare).not.toContain("Last used");
  expect(sectionOf(PAGES.en, "not-examined")).not.toContain("last used");
  expect(sectionOf(PAGES.en, "not-examined")).toContain("trail/777788889999/2026-10-03.json.gz");
  expect(sectionOf(PAGES.en, "outside")).toContain(
    "AWS refused iam:GetRole of aws-reserved/sso (AccessDenied)",
  );
});

test("sources with hashes, and each commit in full", () => {
  const sources = sectionOf(PAGES.en, "sources");
  for (const { sha256 } of sample.sources) expect(sources).toContain(sha256);
  expect(sources).toContain(
    "8b17e0c94a2d5f6c3e81907ab4d2c6f50e9138ad 2 June 2026 14:40 UTC Goro Tanaka #61 Merge pull request #61",
  );
});

describe.each(["en", "ja"] as const)("for everyone who reads it (%s)", (language) => {
  const page = PAGES[language];

  test("one h1, and no level of headings is left out", () => {
    const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toEqual([1]);
    expect(levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1)).toEqual([]);
  });

  test("landmarks, the language, and a link past the contents", () => {
    expect(page).toContain(`<html lang="${language}">`);
    for (const tag of ["header", "main", "footer"])
      expect(page.match(new RegExp(`<${tag}>`, "g"))).toHaveLength(1);
    expect(page).toMatch(/<a class="skip" href="#matrix">.*<nav aria-label=/s);
  });

  test("each table has a caption, and each head a scope", () => {
    const tables = page.match(/<table/g)?.length ?? 0;
    expect(tables).toBeGreaterThan(20);
    expect(page.match(/<table class="[a-z ]+"><caption>/g)).toHaveLength(tables);
    expect(page).not.toMatch(/<th(?! scope="(?:col|row)")[ >]/);
  });

  test("each link leads to a place in the page, and places are unique", () => {
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...page.matchAll(/ href="([^"]*)"/g)].map(([, href = ""]) => href);
    expect(targets.filter((href) => !href.startsWith("#") || !ids.includes(href.slice(1)))).toEqual([]);
  });
});

test.each(["light", "dark"] as const)(
  "%s: text has a contrast of 4.5 or more on what it stands on",
  (theme) => {
    const colors = COLORS[theme];
    const pairs = [
      ...(["text", "soft", "link"] as const).flatMap((text) =>
        (["page", "card", "head"] as const).map((under) => [text, under] as const),
      ),
      ...(["severe", "warn", "calm"] as const).map((text) => [text, `${text}-tint`] as const),
    ];
    expect(pairs.filter(([text, under]) => contrast(colors[text], colors[under]) < 4.5)).toEqual([]);
  },
);

test("a large file is folded, a small one open", () => {
  const many = Array.from(
    { length: 25 },
    (_, at) => `      r${at}: { people: [alice], branches: [main], bucket: acme-${at} }`,
  );
  const opened = (page: string): number => page.match(/<details [^>]*class="role" open=""/g)?.length ?? 0;
  expect(opened(accessPage(reportOn(HEAD + many.join("\n"))))).toBe(2);
  expect(opened(accessPage(reportOn(HEAD + many.slice(1).join("\n"))))).toBe(24 + 2);
});

// If it differs as it should, run `npm run golden -- --reports` and read the difference.
test.each(LANGUAGES)("the text of the page is what was read (%s)", (language) => {
  expect(pageText(sample, language)).toBe(readFileSync(pageFile(language), "utf8"));
});

// If it differs as it should, run `npm run pictures` and look at it.
test.each(THEMES)("the picture in the docs shows the page as it is, in %s colors", (theme) => {
  for (const width of WIDTHS) {
    const file = path.join(repositoryRoot, pictureFile("access", theme, width));
    const drawn = accessPicture(sample, theme, width);
    expect(readFileSync(file, "utf8")).toBe(drawn);
    expect(drawn.replace("http://www.w3.org/2000/svg", "")).not.toMatch(/href="[^#]|src="|url\(|<script/);
  }
});

test("the same report gives the same bytes at any time", () => {
  jest.useFakeTimers({ now: new Date("2031-01-01T00:00:00Z") });
  expect(accessPage(sample, "en")).toBe(PAGES.en);
  jest.useRealTimers();
});
