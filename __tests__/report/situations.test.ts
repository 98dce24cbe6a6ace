import { readFileSync } from "node:fs";
import { goldenNames, goldenPlan } from "../../dev/golden/cases";
import { situationReport } from "../../dev/golden/report-of";
import { situationFile, situationNames, situationPlan } from "../../dev/golden/situations";
import { plainText } from "../../lib/describe/phrase";
import { readPlan } from "../../lib/diff/read-plan";
import { type AwsPolicies, WELL_KNOWN } from "../../lib/iam/data/managed-policies";
import { awsPolicies } from "../../lib/project/aws-data";
import { verdictLine } from "../../lib/report/document/verdict-line";
import type { Review } from "../../lib/report/model/review";
import { reviewOf } from "../../lib/report/model/review-of";
import { verdictOf } from "../../lib/report/verdict/verdict";
import { SITUATION_LINES } from "./situation-lines";

interface Case {
  readonly name: string;
  readonly review: Review;
}

const CASES: readonly Case[] = [
  ...goldenNames.map((name) => caseOf(name, goldenPlan(name), awsPolicies)),
  ...situationNames.map((name) => caseOf(name, situationPlan(name), awsPolicies)),
  // A managed policy may be newer than the data.
  ...situationNames.map((name) => caseOf(name, situationPlan(name), WELL_KNOWN)),
];

function caseOf(name: string, text: string, aws: AwsPolicies): Case {
  return { name, review: reviewOf([readPlan(text, name)], { aws }) };
}

test.each(CASES)("the headline of $name is an all-clear only if the verdict is one", ({ review }) => {
  const { outcome } = verdictOf(review);
  const headline = plainText(verdictLine(review).text);
  const saysSo = /^(?:No change|Access only shrinks)/.test(headline);
  expect(saysSo && (outcome === "grows" || outcome === "undetermined")).toBe(false);
  expect(headline.length).toBeLessThanOrEqual(120);
});

// If a review differs as it should, run `npm run golden -- --reports` and read the difference.
test.each([...situationNames])(
  "%s: the review is as it was read, and has what its reviewer needs",
  (name) => {
    const text = situationReport(name);
    expect(text).toBe(readFileSync(situationFile(name, "review.md"), "utf8"));
    const lines = SITUATION_LINES[name] ?? [];
    expect(lines).toHaveLength(3);
    expect(text.split("\n")[0]).toBe(lines[0]);
    for (const line of lines) expect(text).toContain(line);
  },
);

test.each([...situationNames])("%s is small, and holds no id of the machine that made it", (name) => {
  const text = situationPlan(name);
  expect(text.length).toBeLessThan(200_000);
  expect(text).not.toMatch(/\/(?:work|root|home|tmp)\//);
});
