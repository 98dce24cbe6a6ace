import { KnownComparisons } from "../../../lib/diff/permissions/known-comparisons";
import { readPlan } from "../../../lib/diff/read-plan";
import { awsPolicies } from "../../../lib/project/aws-data";
import { reviewOf } from "../../../lib/report/model/review-of";
import { countSteps } from "../../fixtures/count-steps";
import { allow, policy } from "../../iam/risk/permissions";
import { change, plan, trustFor, unchanged } from "../../plan/a-plan";

test("the same policies are compared once, in either direction, and others by themselves", () => {
  const known = new KnownComparisons<number>();
  const [one, other] = [policy(allow("s3:*")), policy(allow("s3:*"))];
  const nothing = { identity: [] };
  let computed = 0;
  const between = (...sides: readonly [object, object]) => {
    const [before, after] = sides.map((side) => ({ ...nothing, ...side }));
    return known.between(before ?? nothing, after ?? nothing, () => {
      computed += 1;
      return computed;
    });
  };
  expect(between({}, { identity: [one] })).toBe(1);
  expect(between({}, { identity: [one] })).toBe(1);
  expect(between({ identity: [one] }, {})).toBe(2);
  expect(between({}, { identity: [other] })).toBe(3);
  expect(between({}, { identity: [one], boundary: other })).toBe(4);
  expect(between({}, { identity: [{ kind: "opaque", name: "x" }] })).toBe(5);
  expect(between({}, { identity: [{ kind: "opaque", name: "y" }] })).toBe(6);
});

test("many roles that get one AWS managed policy cost hardly more proof than one", () => {
  const attaching = (count: number) => {
    const resources = Array.from({ length: count }, (_, at) => [
      unchanged(`aws_iam_role.r${at}`, {
        name: `r${at}`,
        arn: `arn:aws:iam::123456789012:role/r${at}`,
        assume_role_policy: trustFor(),
      }),
      change(`aws_iam_role_policy_attachment.a${at}`, null, {
        role: `r${at}`,
        policy_arn: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
      }),
    ]);
    return plan(resources.flat());
  };
  const steps = (text: string) =>
    countSteps(() => reviewOf([readPlan(text, "p")], { aws: awsPolicies }), ["lib/iam/prove/requests"]);
  steps(attaching(1));
  const one = steps(attaching(1));
  expect(one).toBeGreaterThan(0);
  expect(steps(attaching(10))).toBeLessThan(one * 2);
});
