import { ProjectError } from "../../lib/errors";
import { readPlanJson } from "../../lib/review/plan/plan-json";
import { plan, resource, reviewPlan } from "./a-plan";

function codeOf(text: string): string {
  try {
    reviewPlan(text, "plan.json", undefined);
  } catch (error) {
    if (error instanceof ProjectError) return `${error.code} (${error.exitCode})`;
    throw error;
  }
  return "read";
}

test.each<[what: string, text: string, is: string]>([
  ["a plan", plan([resource("aws_s3_bucket.a")]), "read"],
  ["a plan of an older minor version", plan([], { format_version: "1.0" }), "read"],
  ["a plan of a later minor version", plan([], { format_version: "1.17", later: true }), "read"],
  ["a plan of a newer major version", plan([], { format_version: "2.0" }), "plan-format (2)"],
  ["a version that is none", plan([], { format_version: "1" }), "plan-format (2)"],
  ["nothing", "", "plan-not-read (2)"],
  ["a plan that is cut off", plan([resource("aws_s3_bucket.a")]).slice(0, -20), "plan-not-read (2)"],
  ["JSON that is no plan", "{}", "plan-not-read (2)"],
  ["a state", '{"format_version":"1.0","values":{}}', "plan-not-read (2)"],
  ["a resource without a change", plan([{ address: "a", mode: "managed", type: "a" }]), "plan-not-read (2)"],
  ["an action that nobody has heard of", plan([resource("a.b", { actions: ["melt"] })]), "plan-not-read (2)"],
  ["no action", plan([resource("a.b", { actions: [] })]), "plan-not-read (2)"],
  [
    "known actions in an unknown order",
    plan([resource("a.b", { actions: ["update", "delete"] })]),
    "plan-action-unknown (2)",
  ],
  [
    "an import that destroys",
    plan([resource("a.b", { actions: ["delete"], importing: { id: "x" } })]),
    "plan-action-unknown (2)",
  ],
  [
    "the same in what drifted",
    plan([], { resource_drift: [resource("a.b", { actions: ["delete", "forget"] })] }),
    "plan-action-unknown (2)",
  ],
])("%s", (_, text, is) => {
  expect(codeOf(text)).toBe(is);
});

test("what is wrong is said with its place", () => {
  expect(() => readPlanJson(plan([resource("a.b", { actions: ["melt"] })]), "plan.json")).toThrow(
    /^plan\.json cannot be read as a plan: resource_changes\.0\.change\.actions\.0: /,
  );
});
