import { plainText } from "../../../../lib/describe/phrase";
import { readPlan } from "../../../../lib/diff/read-plan";
import type { Review } from "../../../../lib/report/model/review";
import { reviewOf } from "../../../../lib/report/model/review-of";
import { alice, anAccess, bob, only } from "../../../fixtures/access";
import { open, plan, resource, role, saidIn, trustFor } from "../../../plan/a-plan";

const [one, two] = [trustFor(), trustFor({ people: only(alice, bob) })];
const stays = { actions: ["no-op"] };
const review = (...plans: readonly string[]): Review =>
  reviewOf(
    plans.map((text, index) => readPlan(text, `stack-${index}`)),
    { access: anAccess() },
  );
const reported = ({ access }: Review) =>
  access.map(({ aspect, relation, reason = [] }) => `${aspect} ${relation} ${plainText(reason)}`.trim());
const policy = (address: string, actions: readonly string[], before: string | null, after: string | null) => {
  const side = (text: string | null) => (text === null ? null : { bucket: "site", policy: text });
  return resource(address, { actions, before: side(before), after: side(after) });
};

test.each([
  ["first", [plan([role(one, two)]), plan([role(one, one, stays)])]],
  ["last", [plan([role(one, one, stays)]), plan([role(one, two)])]],
])(
  "a role that another stack holds as well, and leaves as it is, does not hide who gains (%s)",
  (_, plans) => {
    const found = review(...plans);
    expect(found.access.flatMap(saidIn)).toEqual([
      "bob can now assume website-deploy from main of github.com/acme/website",
    ]);
    expect(reported(found)).toEqual([
      "trust broader",
      "trust unknown managed by two resources; the one that is applied last takes effect: aws_iam_role.deploy in stack-0, aws_iam_role.deploy in stack-1",
    ]);
  },
);

test("an object in one stack is reported once", () => {
  expect(reported(review(plan([role(one, two)]), plan([])))).toEqual(["trust broader"]);
});

test("an object that moves between stacks is in one stack at a time", () => {
  const moved = review(plan([role(one, null)]), plan([role(null, one)]));
  expect(reported(moved).filter((text) => text.includes("several"))).toEqual([]);
  const taken = review(
    plan([role(one, null, { actions: ["forget"] })]),
    plan([role(one, one, { actions: ["no-op"], importing: { id: "website-deploy" } })]),
  );
  expect(reported(taken).filter((text) => text.includes("several"))).toEqual([]);
});

test("a second policy for a bucket, at another address, is never reported as no change", () => {
  const closed = open.replace('"*"', '{"AWS":"123456789012"}');
  for (const address of ["aws_s3_bucket_policy.a", "aws_s3_bucket_policy.z"]) {
    const found = review(
      plan([
        policy("aws_s3_bucket_policy.m", ["no-op"], closed, closed),
        policy(address, ["create"], null, open),
      ]),
    );
    expect(reported(found).join("\n")).toMatch(/bucket-policy unknown managed by two resources/);
  }
});

test("two policies of one name in a role, and two of one ARN, too", () => {
  const side = (text: string) => ({ role: "website-deploy", name: "site", policy: text });
  const inline = (name: string, actions: string[], before: string, after: string) =>
    resource(`aws_iam_role_policy.${name}`, { actions, before: side(before), after: side(after) });
  const [small, large] = ["s3:GetObject", "*"].map((Action) =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] }),
  );
  for (const name of ["a", "z"]) {
    const found = review(
      plan([
        role(one, one, stays),
        inline("m", ["no-op"], small ?? "", small ?? ""),
        inline(name, ["update"], small ?? "", large ?? ""),
      ]),
    );
    expect(reported(found).join("\n")).toMatch(/permissions unknown managed by two resources/);
  }
});

test("an unchanged object is not reported, even if several resources manage it", () => {
  expect(reported(review(plan([role(one, one, stays)]), plan([role(one, one, stays)])))).toEqual([]);
});
