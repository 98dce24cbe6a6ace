import { existsSync, readdirSync, readFileSync } from "node:fs";
import { type GoldenName, goldenNames } from "../../dev/golden/cases";
import { reportFile, reportFolder, reportOf, reviewOfGolden } from "../../dev/golden/report-of";
import { remembered } from "../../lib/collections/remembered";
import type { Review } from "../../lib/report/model/review";
import { expectTrueHeadline } from "./expect-true-headline";
import { GOLDEN_LINES } from "./golden-lines";

test("every golden plan has a report, and no other file is there", () => {
  expect(readdirSync(reportFolder).sort()).toEqual(goldenNames.map((name) => `${name}.md`).sort());
});

const reviews = new Map<GoldenName, Review>();
const reviewIn = (name: GoldenName): Review => remembered(reviews, name, () => reviewOfGolden(name));

// If a report differs as it should, run `npm run golden -- --reports` and read the difference.
test.each(goldenNames)("%s: the report is as it was read, and has what its reviewer needs", (name) => {
  const file = reportFile(name);
  const review = reviewIn(name);
  expectTrueHeadline(review);
  const text = reportOf(review);
  expect(text).toBe(existsSync(file) ? readFileSync(file, "utf8") : "");
  const lines = GOLDEN_LINES[name] ?? [];
  expect(lines.length).toBeGreaterThan(0);
  expect(text.split("\n")[0]).toBe(lines[0]);
  for (const line of lines) expect(text).toContain(line.replace(/ \|$/, ""));
  expect(text).not.toMatch(/SECRET-.*-do-not-show/);
});

test("the ids of all changes of access differ", () => {
  const ids = goldenNames.flatMap((name) => reviewIn(name).access.map(({ id }) => id));
  expect(ids.length).toBeGreaterThan(100);
  expect(new Set(ids).size).toBe(ids.length);
});
