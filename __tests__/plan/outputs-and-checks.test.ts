import { readPlan } from "../../lib/diff/read-plan";
import { plan } from "./a-plan";

const read = (more: object) => readPlan(plan([], more), "main").review;
const check = (status: string, more: object = {}) => ({
  address: { to_display: "check.health" },
  status,
  ...more,
});

test("a check that passes is not listed; every other one is, by the address of each instance", () => {
  const instance = (name: string, status: string, ...messages: readonly string[]) => ({
    address: { to_display: `aws_s3_bucket.site["${name}"]` },
    status,
    problems: messages.map((message) => ({ message })),
  });
  const instances = [instance("b", "fail", "z", "a"), instance("a", "unknown"), instance("c", "pass")];
  expect(
    read({
      checks: [check("pass"), { address: { to_display: "aws_s3_bucket.site" }, status: "fail", instances }],
    }).checks,
  ).toEqual([
    { address: 'aws_s3_bucket.site["a"]', status: "unknown", problems: [] },
    { address: 'aws_s3_bucket.site["b"]', status: "fail", problems: ["a", "z"] },
  ]);
});

test.each([
  ["fail", "fail"],
  ["error", "error"],
  ["unknown", "unknown"],
  ["an unknown status", "unknown"],
])("a check without instances whose status is %s: %s", (status, is) => {
  expect(read({ checks: [check(status)] }).checks).toEqual([
    { address: "check.health", status: is, problems: [] },
  ]);
  expect(read({ checks: [check(status, { instances: [], problems: null })] }).checks).toHaveLength(1);
});

test("a plan without checks, as OpenTofu and earlier releases write it", () => {
  expect(read({}).checks).toEqual([]);
  expect(read({ checks: null }).checks).toEqual([]);
});

test("an output with parts known only after apply, and one with an unknown action", () => {
  const output = (change: object) => read({ output_changes: { o: change } }).outputs;
  expect(output({ actions: ["no-op"], before: 1, after: 1 })).toEqual([]);
  expect(output({ actions: ["update"], before: null, after: { b: 1 }, after_unknown: { a: true } })).toEqual([
    {
      name: "o",
      action: "update",
      before: { kind: "absent" },
      after: { kind: "text", text: '{"a":"(known after apply)","b":1}' },
    },
  ]);
  expect(() => output({ actions: ["delete", "create"] })).toThrow(
    expect.objectContaining({ code: "plan-action-unknown", found: "delete,create", exitCode: 2 }),
  );
  expect(() => output({ actions: ["melt"] })).toThrow(expect.objectContaining({ code: "plan-not-read" }));
});

test("a marked part makes the whole output sensitive, before and after", () => {
  const { outputs } = read({
    output_changes: {
      o: { actions: ["update"], before: { a: "x" }, after: { a: "y" }, after_sensitive: { a: true } },
    },
  });
  expect(outputs).toMatchObject([{ before: { kind: "sensitive" }, after: { kind: "sensitive" } }]);
});
