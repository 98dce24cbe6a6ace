import { goldenNames, goldenPlan } from "../../dev/golden/cases";
import { isJsonObject } from "../../lib/iam/language/json";
import { resourceSchema } from "../../lib/plan/plan-schema";
import { quickResource } from "../../lib/plan/quick-resources";
import { resource } from "./a-plan";

/** Whether the quick reader leaves the resource to the schema, or says the same. */
function agrees(value: unknown): boolean {
  const quick = quickResource(value);
  if (quick === undefined) return true;
  const read = resourceSchema.safeParse(value);
  return read.success && withoutAbsent(quick) === withoutAbsent(read.data);
}

/** Its fields in one order: absent ones are as those that are not there. */
function withoutAbsent(read: object): string {
  const sorted = (one: object) =>
    Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify(sorted(read), (key, value) => (key === "change" ? sorted(value) : value));
}

test("resources of every golden plan are read as by the schema, and most of them quickly", () => {
  const all = goldenNames.flatMap((name) => {
    const { resource_changes = [], resource_drift = [] } = JSON.parse(goldenPlan(name));
    return [...resource_changes, ...resource_drift] as readonly unknown[];
  });
  expect(all.filter((one) => !agrees(one))).toEqual([]);
  const quick = all.filter((one) => quickResource(one) !== undefined);
  expect(quick.length).toBeGreaterThan(all.length / 2);
});

test("a field with another kind of value is left to the schema, or read as it reads it", () => {
  const usual = JSON.parse(JSON.stringify(resource("aws_iam_role.a")));
  expect(quickResource(usual)).toBeDefined();
  const fields = ["address", "previous_address", "mode", "type", "provider_name", "deposed", "action_reason"];
  const ofChange = ["actions", "before", "after", "after_unknown", "before_sensitive", "after_sensitive"];
  const others = [...["importing", "replace_paths", "before_identity", "after_identity"]];
  const values = [undefined, null, 1, "x", true, [], {}, ["melt"], ["update"], { id: "x" }, [["a", 0]]];
  const wrong = values.flatMap((value) => [
    ...[...fields, "change"].map((field) => ({ ...usual, [field]: value })),
    ...[...ofChange, ...others].map((field) => ({ ...usual, change: { ...usual.change, [field]: value } })),
  ]);
  expect(wrong.filter(isJsonObject).filter((one) => !agrees(one))).toEqual([]);
});
