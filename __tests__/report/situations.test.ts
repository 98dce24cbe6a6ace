import { readFileSync } from "node:fs";
import { reportOf, reviewOfSituation } from "../../dev/golden/report-of";
import { situationFile, situationNames, situationPlan } from "../../dev/golden/situations";
import { readPlan } from "../../lib/diff/read-plan";
import { WELL_KNOWN } from "../../lib/iam/data/managed-policies";
import { reviewOf } from "../../lib/report/model/review-of";
import { expectTrueHeadline } from "./expect-true-headline";
import { SITUATION_LINES } from "./situation-lines";

const SITUATIONS = situationNames.map((name) => ({ name, review: reviewOfSituation(name) }));
// A managed policy may be newer than the data.
const WITHOUT_DATA = situationNames.map((name) => {
  const review = reviewOf([readPlan(situationPlan(name), name)], { aws: WELL_KNOWN });
  return { name: `${name}, managed policies unknown`, review };
});

test.each([...SITUATIONS, ...WITHOUT_DATA])(
  "the headline of $name is an all-clear only if the verdict is one",
  ({ review }) => expectTrueHeadline(review),
);

// If a review differs as it should, run `npm run golden -- --reports` and read the difference.
test.each(SITUATIONS)(
  "$name: the review is as it was read, and has what its reviewer needs",
  ({ name, review }) => {
    const text = reportOf(review);
    expect(text).toBe(readFileSync(situationFile(name, "review.md"), "utf8"));
    const lines = SITUATION_LINES[name] ?? [];
    expect(new Set(lines).size).toBe(3);
    expect(text.split("\n")[0]).toBe(lines[0]);
    for (const line of lines) {
      expect(text).toContain(line);
      // The number of resources of a stack is not what a reviewer needs.
      expect(line).not.toMatch(/^\| `[^`]+` \|[ \d*|]+$/);
    }
  },
);

test("there are at least 40 plans of situations as in real repositories", () => {
  expect(situationNames.length).toBeGreaterThanOrEqual(40);
  expect(Object.keys(SITUATION_LINES).sort()).toEqual([...situationNames].sort());
});

test("a provider upgrade that changes next to nothing has a short comment", () => {
  const { resource_changes: changes } = JSON.parse(situationPlan("provider-upgraded"));
  const actions = changes.map((one: { change: { actions: string[] } }) => one.change.actions.join());
  expect(actions.filter((one: string) => one === "no-op").length).toBeGreaterThan(40);
  const lines = reportOf(reviewOfSituation("provider-upgraded")).split("\n");
  expect(lines.length).toBeLessThan(70);
});

test.each([...situationNames])("%s is small, and holds no id of the machine that made it", (name) => {
  const text = situationPlan(name);
  expect(text.length).toBeLessThan(200_000);
  expect(text).not.toMatch(/\/(?:work|root|home|tmp)\//);
});
