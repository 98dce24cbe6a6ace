import { readFileSync } from "node:fs";
import { situationFile, situationNames } from "../../../dev/golden/situations";
import { Browser } from "../../../dev/rendered/browser";
import { rendered } from "../../../dev/rendered/markdown-page";
import { type Fault, measured, onlyScrolls, openPage } from "../../../dev/rendered/measure";
import { GITHUB_STYLE } from "../../../dev/rendered/styles/github";
import type { Article } from "../../../dev/rendered/surfaces";
import { browser, testInBrowser } from "../../html/browser";

/** Each kind of fault, as a page has it. */
const FAULTY: readonly Article[] = [
  {
    name: "wide-table",
    body: `<table><tr><th>What</th></tr><tr><td>${"long".repeat(40)}</td></tr></table>`.replace(
      "<table>",
      '<table style="white-space: nowrap">',
    ),
  },
  { name: "overflow", body: `<div style="width: 900px">wide</div>` },
  { name: "empty-column", body: "<table><tr><th>A</th><th>B</th></tr><tr><td>a</td><td></td></tr></table>" },
  { name: "mark-only", body: "<table><tr><th>A</th></tr><tr><td>🔴</td></tr></table>" },
  { name: "cut", body: `<div style="overflow: hidden; white-space: nowrap; width: 9px">cut</div>` },
  { name: "fold", body: "<details><summary>Nothing</summary></details>" },
  { name: "image", body: `<img src="none.png">` },
  { name: "heading", body: "<h2>A</h2><h4>B</h4>" },
  { name: "link", body: `<a href="#nowhere">a</a>` },
  { name: "markup", body: "a **strong** word" },
  { name: "contrast", body: `<span style="color: #999; background: #fff">pale</span>` },
  {
    name: "broken-word",
    body: `<table><tr><th>A</th></tr><tr><td style="word-break: break-all; max-width: 30px">unbreakable</td></tr></table>`,
  },
];

testInBrowser("the pictures of situations on GitHub have no fault, and a fault is found", async () => {
  const page = await Browser.open(browser ?? "");
  const seen = async (articles: readonly Article[]): Promise<readonly Fault[]> => {
    await openPage(page, { style: GITHUB_STYLE }, articles);
    const views = [
      { window: "wide", scheme: "light" },
      { window: "phone", scheme: "dark" },
    ] as const;
    const faults: Fault[] = [];
    for (const view of views) faults.push(...(await measured(page, { name: "github" }, view)));
    return faults;
  };
  try {
    const faulty = await seen(FAULTY);
    const found = FAULTY.filter(({ name }) => faulty.some((one) => one.name === name && one.kind === name));
    expect(found).toEqual(FAULTY);
    const situations = situationNames.map((name) => ({
      name,
      body: rendered(readFileSync(situationFile(name, "review.md"), "utf8"), "html"),
    }));
    expect((await seen(situations)).filter((fault) => !onlyScrolls(fault))).toEqual([]);
  } finally {
    await page.close();
  }
});
