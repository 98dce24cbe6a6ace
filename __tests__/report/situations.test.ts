import { goldenNames, goldenPlan } from "../../dev/golden/cases";
import { situationNames, situationPlan } from "../../dev/golden/situations";
import { plainText } from "../../lib/describe/phrase";
import { readPlan } from "../../lib/diff/read-plan";
import { type AwsPolicies, WELL_KNOWN } from "../../lib/iam/data/managed-policies";
import { awsPolicies } from "../../lib/project/aws-data";
import { verdictLine } from "../../lib/report/document/verdict-line";
import type { Review } from "../../lib/report/model/review";
import { reviewOf } from "../../lib/report/model/review-of";
import { verdictOf } from "../../lib/report/verdict/verdict";

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

test.each([...situationNames])("%s is small, and holds no id of the machine that made it", (name) => {
  const text = situationPlan(name);
  expect(text.length).toBeLessThan(200_000);
  expect(text).not.toMatch(/\/(?:work|root|home|tmp)\//);
});
