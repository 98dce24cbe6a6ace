import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import {
  goldenFile,
  goldenFolder,
  goldenNames,
  goldenPlan,
  handWrittenPlan,
} from "../../../dev/golden/cases";
import { normalise } from "../../../dev/golden/normalise";
import { ALICE, BOB, ORGANIZATION, WEBSITE } from "../../../dev/golden/pieces";
import { scenarios } from "../../../dev/golden/scenarios";
import { EDITS, FIRST } from "../../../dev/golden/talk";
import { readPlanJson } from "../../../lib/plan/plan-json";

/** All that stands in a configuration here and looks generated: the talk's ids. */
const declared = JSON.stringify([ORGANIZATION, WEBSITE, ALICE, BOB]);
const MOST_BYTES = 3 * 1024 * 1024;

test("every name has a file, and every file a name", () => {
  const files = goldenNames.map((name) => path.basename(goldenFile(name)));
  expect(readdirSync(goldenFolder).sort()).toEqual(files.sort());
});

test("every name is created by one step, and every step creates a listed name", () => {
  const fromScenes = scenarios.flatMap(({ steps }) =>
    steps.flatMap((step) => ("plan" in step ? [step.plan] : [])),
  );
  const fromTalk = [...FIRST, ...EDITS].map(({ name }) => name);
  expect([...fromScenes, ...fromTalk].sort()).toEqual(goldenNames);
});

test.each(goldenNames)("%s is a plan that can be read, and is normalised", (name) => {
  const text = goldenPlan(name);
  const plan = readPlanJson(text, name);
  expect(plan.errored).toBe(name.includes("errored"));
  expect(normalise(text, declared)).toBe(text);
});

test("a plan with a feature of no stable Terraform is read, and reported as incomplete", () => {
  const plan = readPlanJson(handWrittenPlan("deferred"), "deferred");
  expect(plan.complete).toBe(false);
});

test("they are small enough for the repository", () => {
  const sizes = goldenNames.map((name) => statSync(goldenFile(name)).size);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MOST_BYTES);
});
