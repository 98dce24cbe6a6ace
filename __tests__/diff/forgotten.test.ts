import { plainText } from "../../lib/describe/phrase";
import type { Review } from "../../lib/report/model/review";
import { verdictOf } from "../../lib/report/verdict/verdict";
import { plan, resource, reviewPlan, saidIn } from "../plan/a-plan";

// A replacement with `lifecycle { destroy = false }`: the old object stays in AWS, unmanaged; the
// new one is compared with nothing.

const trusting = (service: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });
const old = {
  name: "deployer",
  arn: "arn:aws:iam::123456789012:role/deployer",
  assume_role_policy: trusting("ec2.amazonaws.com"),
};
const fresh = { name: "deployer-2", assume_role_policy: trusting("lambda.amazonaws.com") };
const replaced = (actions: readonly string[], after: object = fresh) =>
  resource("aws_iam_role.a", { actions, before: old, after, after_unknown: { arn: true } });

const reviewed = (...resources: readonly object[]): Review => reviewPlan(plan(resources), "plan", undefined);
const reported = ({ access }: Review): readonly string[] =>
  access.map(({ relation, subject, reason = [] }) => `${relation} ${subject}: ${plainText(reason)}`);

test.each([[["create", "forget"]], [["forget", "create"]]])(
  "%j: access to the old role is not lost, and the new role is a gain",
  (actions) => {
    const review = reviewed(replaced(actions));
    expect(reported(review)).toEqual([
      "broader deployer-2: ",
      "same deployer: Terraform forgets it: it remains in AWS, and later plans do not show changes to it",
    ]);
    expect(review.access.flatMap(saidIn)).toEqual(["lambda.amazonaws.com can now assume deployer-2"]);
    expect(verdictOf(review).grows.map(({ subject }) => subject)).toEqual(["deployer-2"]);
  },
);

test("in contrast, a replacement that destroys the old role removes its access", () => {
  const review = reviewed(replaced(["delete", "create"]));
  expect(review.access.map(({ relation, subject }) => `${relation} ${subject}`)).toEqual([
    "broader deployer-2",
    "narrower deployer",
  ]);
});

test("a role that is only forgotten remains unchanged", () => {
  const review = reviewed(resource("aws_iam_role.a", { actions: ["forget"], before: old, after: null }));
  expect(review.access.map(({ relation, subject }) => `${relation} ${subject}`)).toEqual(["same deployer"]);
});

test("policies of a forgotten role remain, and those of the new one are gains", () => {
  const attachment = (actions: readonly string[], after: object | null) =>
    resource("aws_iam_role_policy.p", {
      actions,
      before: { role: "deployer", name: "p", policy: policyFor("s3:GetObject") },
      after,
    });
  const review = reviewed(
    replaced(["create", "forget"]),
    attachment(["create", "forget"], { role: "deployer-2", name: "p", policy: policyFor("s3:*") }),
  );
  expect(review.access.filter(({ relation }) => relation === "narrower")).toEqual([]);
  expect(review.access.flatMap(saidIn).join("; ")).toMatch(/deployer-2 can now perform s3:\*/);
});

test("a forgotten bucket policy remains in effect", () => {
  const open = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" }],
  });
  const forgotten = {
    actions: ["forget", "create"],
    before: { bucket: "b", policy: open },
    after: { bucket: "c", policy: open.replaceAll(":::b", ":::c") },
  };
  const review = reviewed(resource("aws_s3_bucket_policy.p", forgotten));
  expect(review.access.map(({ relation, subject }) => `${relation} ${subject}`)).toEqual(["broader c"]);
});

function policyFor(action: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
  });
}
