import { existsSync, readdirSync, readFileSync } from "node:fs";
import { goldenNames } from "../../dev/golden/cases";
import { reportFile, reportFolder, reportOf, reviewOfGolden } from "../../dev/golden/report-of";
import { expectTrueHeadline } from "./expect-true-headline";
import { GOLDEN_LINES } from "./golden-lines";

test("every golden plan has a report, and no other file is there", () => {
  expect(readdirSync(reportFolder).sort()).toEqual(goldenNames.map((name) => `${name}.md`).sort());
});

// If a report differs as it should, run `npm run golden -- --reports` and read the difference.
test.each(goldenNames)("%s: the report is as it was read, and has what its reviewer needs", (name) => {
  const file = reportFile(name);
  const review = reviewOfGolden(name);
  expectTrueHeadline(review);
  const text = reportOf(review);
  expect(text).toBe(existsSync(file) ? readFileSync(file, "utf8") : "");
  const lines = GOLDEN_LINES[name] ?? [];
  expect(lines.length).toBeGreaterThan(0);
  expect(text.split("\n")[0]).toBe(lines[0]);
  for (const line of lines) expect(text).toContain(line.replace(/ \|$/, ""));
  expect(text).not.toMatch(/SECRET-.*-do-not-show/);
});
