import { readPlanJson } from "../../lib/plan/plan-json";
import { codeOf } from "../fixtures/project-error";
import { plan, resource, reviewPlan, trustFor } from "./a-plan";

test.each<[what: string, text: string, is: string]>([
  ["a plan", plan([resource("aws_s3_bucket.a")]), "no error"],
  ["a plan of an older minor version", plan([], { format_version: "1.0" }), "no error"],
  ["a plan of a later minor version", plan([], { format_version: "1.17", later: true }), "no error"],
  ["a plan of a newer major version", plan([], { format_version: "2.0" }), "plan-format 2"],
  ["an invalid version", plan([], { format_version: "1" }), "plan-format 2"],
  ["nothing", "", "plan-not-read 2"],
  ["a truncated plan", plan([resource("aws_s3_bucket.a")]).slice(0, -20), "plan-not-read 2"],
  ["other JSON", "{}", "plan-not-read 2"],
  ["a state", '{"format_version":"1.0","values":{}}', "plan-not-read 2"],
  ["a resource without a change", plan([{ address: "a", mode: "managed", type: "a" }]), "plan-not-read 2"],
  ["an unknown action", plan([resource("a.b", { actions: ["melt"] })]), "plan-not-read 2"],
  ["no action", plan([resource("a.b", { actions: [] })]), "plan-not-read 2"],
  [
    "known actions in an unknown order",
    plan([resource("a.b", { actions: ["update", "delete"] })]),
    "plan-action-unknown 2",
  ],
  [
    "an import that destroys",
    plan([resource("a.b", { actions: ["delete"], importing: { id: "x" } })]),
    "plan-action-unknown 2",
  ],
  [
    "a drifted resource without a change",
    plan([], { resource_drift: [resource("a.b", { actions: ["delete", "forget"] })] }),
    "plan-action-unknown 2",
  ],
])("%s", (_, text, is) => {
  expect(codeOf(() => reviewPlan(text, "plan.json", undefined))).toBe(is);
});

test("an error names the place in the plan", () => {
  expect(() => readPlanJson(plan([resource("a.b", { actions: ["melt"] })]), "plan.json")).toThrow(
    /^plan\.json cannot be read as a plan: resource_changes\.0\.change\.actions\.0: /,
  );
});

const whole = plan([resource("aws_vpc.a")]);

test.each<[what: string, text: string, said: RegExp]>([
  [
    "the command line of a wrapper",
    `[command]/opt/bin/terraform-bin show -json\n${whole}`,
    /line 1 is not JSON: `\[command\]\/opt\/bin\/terraform-bin show -json`/,
  ],
  ["two lines of a log", `\n::debug::a\r\n::debug::b\r\n${whole}\r\n`, /line 2 is not JSON: `::debug::a`/],
  [
    "a line after it",
    `${whole}\n::set-output name=exitcode::0\n`,
    /line 2 is not JSON: `::set-output name=exitcode::0`/,
  ],
  [
    "a long line, with control characters",
    `\u001b[1m${"x".repeat(200)}\n${whole}`,
    /line 1 is not JSON: `\ufffd\[1mx{76}…`/,
  ],
])("%s around a complete plan: the error names the line and the setting", (_, text, said) => {
  expect(codeOf(() => reviewPlan(text, "plan.json", undefined))).toBe("plan-not-read 2");
  expect(() => readPlanJson(text, "plan.json")).toThrow(said);
  expect(() => readPlanJson(text, "plan.json")).toThrow(
    expect.objectContaining({ fix: expect.stringContaining("terraform_wrapper: false") }),
  );
});

test("an incomplete plan is reported as such, without showing any of it", () => {
  const text = `{\n"hidden-token": 1,\n}\n`;
  for (const cut of [text, `[command]x\n${text}`, whole.slice(0, -5)]) {
    expect(() => readPlanJson(cut, "plan.json")).toThrow(/it is not a complete JSON document/);
    expect(() => readPlanJson(cut, "plan.json")).not.toThrow(/hidden-token/);
  }
});

describe("a plan that contradicts itself", () => {
  const unknown = (text: string) =>
    reviewPlan(text, "plan", undefined).access.map(
      ({ relation, addresses }) => `${relation} ${addresses.join()}`,
    );
  const same = { actions: ["no-op"], before: { a: 1, b: [{ c: 2 }] }, after: { b: [{ c: 2 }], a: 1 } };

  test("a no-op whose sides differ is reported", () => {
    const differs = resource("aws_vpc.a", { ...same, after: { a: 1, b: [{ c: 3 }] } });
    expect(unknown(plan([differs]))).toEqual(["unknown aws_vpc.a"]);
    expect(unknown(plan([], { resource_drift: [differs] }))).toEqual(["unknown aws_vpc.a"]);
    expect(unknown(plan([resource("aws_vpc.a", { ...same, after: null })]))).toEqual(["unknown aws_vpc.a"]);
    expect(unknown(plan([resource("aws_vpc.a", same)]))).toEqual([]);
  });

  test("its roles are compared nevertheless", () => {
    const before = { name: "deploy", assume_role_policy: "{}" };
    const after = { name: "deploy", assume_role_policy: trustFor() };
    const review = reviewPlan(
      plan([resource("aws_iam_role.a", { actions: ["no-op"], before, after })]),
      "plan",
      undefined,
    );
    expect(review.access.map(({ relation }) => relation)).toContain("unknown");
    expect(review.stacks[0]?.resources).toMatchObject([{ address: "aws_iam_role.a", action: "update" }]);
  });

  test("an address listed twice is unknown; a deposed object or a data source of that address is another object", () => {
    const one = resource("aws_vpc.a", same);
    expect(unknown(plan([one, one]))).toEqual(["unknown aws_vpc.a"]);
    expect(unknown(plan([one, { ...one, deposed: "0123" }, { ...one, mode: "data" }]))).toEqual([]);
  });
});
