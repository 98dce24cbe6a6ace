import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import { goldenPlan } from "../../dev/golden/cases";
import { situationPlan } from "../../dev/golden/situations";
import { readPlan } from "../../lib/diff/read-plan";
import { reviewOf } from "../../lib/report/model/review-of";
import { reviewSarif } from "../../lib/report/sarif/review-sarif";
import { gateOf } from "../../lib/report/verdict/gate";

const schema = JSON.parse(
  readFileSync(path.join(__dirname, "..", "fixtures", "sarif", "sarif-2.1.0-rtm.5.json"), "utf8"),
) as object;
// The schema is of draft 4, of which it uses nothing that later drafts read otherwise but `id`.
const { id, $schema: _, ...own } = schema as Record<string, unknown>;
const isSarif = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile({
  ...own,
  $id: String(id),
});

function logOf(plans: readonly (readonly [name: string, text: string])[], accepted: readonly string[] = []) {
  const review = reviewOf(
    plans.map(([name, text]) => readPlan(text, name)),
    { leftOut: [{ name: "other", reason: "no credentials", isErrored: true }] },
  );
  const text = reviewSarif(review, gateOf(review, [], accepted), () => ({ file: "main.tf", line: 3 }));
  return { review, log: JSON.parse(text) as { runs: { results: { level: string }[] }[] } };
}

const PLANS = [
  ["tags", situationPlan("tags-everywhere")],
  ["pin", situationPlan("circleci-guide-pin")],
  ["drift", situationPlan("administrator-attached-by-hand")],
  ["unknown", goldenPlan("unknown-trust-updated")],
] as const;

test("reviews with every kind of alert match the whole schema of SARIF 2.1.0", () => {
  const { review, log } = logOf(PLANS);
  expect(isSarif(log)).toBe(true);
  const accepted = logOf(PLANS, [review.access[0]?.id ?? ""]);
  expect(isSarif(accepted.log)).toBe(true);
  expect(log.runs[0]?.results.length).toBeGreaterThan(10);
});

test("the schema refuses what is no SARIF", () => {
  const { log } = logOf(PLANS);
  const [result] = log.runs[0]?.results ?? [];
  if (result === undefined) throw new Error("there is no result");
  expect(isSarif({ ...log, version: "2.0.0" })).toBe(false);
  expect(isSarif({ ...log, runs: [{ ...log.runs[0], results: [{ ...result, level: "high" }] }] })).toBe(
    false,
  );
});
