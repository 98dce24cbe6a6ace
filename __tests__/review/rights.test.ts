import { failuresIn } from "../../lib/review/fail-on";
import { printMarkdown, verdictOf } from "../../lib/review/markdown/report";
import { reviewPlan } from "../../lib/review/review";
import { plan, resource, trustFor } from "./a-plan";

const review = (resources: readonly object[], more: object = {}) =>
  reviewPlan(plan(resources, more), "main-website", undefined);
const rights = (...resources: object[]) =>
  review(resources).rights.map(({ address, attributes }) => `${address}: ${attributes.join(", ")}`);
const administrator = JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] });

test.each<[address: string, before: object, after: object, is: string]>([
  [
    "aws_iam_role.a",
    { permissions_boundary: "arn:limits" },
    { permissions_boundary: null },
    "permissions_boundary",
  ],
  ["aws_iam_role.a", { max_session_duration: 3600 }, { max_session_duration: 43200 }, "max_session_duration"],
  [
    "aws_iam_role.a",
    { managed_policy_arns: [] },
    { managed_policy_arns: ["arn:admin"] },
    "managed_policy_arns",
  ],
  [
    "aws_iam_role.a",
    { inline_policy: [] },
    { inline_policy: [{ name: "x", policy: "{}" }] },
    "inline_policy",
  ],
  ["aws_iam_role_policy.a", { policy: "{}" }, { policy: administrator }, "policy"],
  ["aws_iam_policy.a", { policy: "{}" }, { policy: administrator }, "policy"],
  [
    "aws_iam_openid_connect_provider.a",
    { client_id_list: ["a"] },
    { client_id_list: ["a", "b"] },
    "client_id_list",
  ],
  ["aws_s3_bucket_policy.a", { policy: administrator }, { policy: "{}" }, "policy"],
  [
    "aws_s3_bucket_public_access_block.a",
    { block_public_acls: true },
    { block_public_acls: false },
    "block_public_acls",
  ],
])("%s from %j to %j", (address, before, after, is) => {
  expect(rights(resource(address, { before, after }))).toEqual([`${address}: ${is}`]);
});

test.each<[what: string, change: object]>([
  [
    "the same policy in another layout",
    {
      before: { policy: administrator },
      after: { policy: JSON.stringify(JSON.parse(administrator), null, 2) },
    },
  ],
  ["nothing, an empty text and an empty list", { before: { policy: "" }, after: { policy: null } }],
  ["a name", { before: { name: "a" }, after: { name: "b" } }],
])("%s is no change of rights", (_, change) => {
  expect(rights(resource("aws_iam_role_policy.a", { ...change }))).toEqual([]);
});

test("one that is created or destroyed is a change, one that is forgotten or only read is none", () => {
  const side = { policy: administrator, role: "a" };
  const address = "aws_iam_role_policy.a";
  expect(rights(resource(address, { actions: ["create"], before: null, after: side }))).toEqual([
    `${address}: policy, role`,
  ]);
  expect(rights(resource(address, { actions: ["delete"], before: side, after: null }))).toEqual([
    `${address}: policy, role`,
  ]);
  expect(rights(resource(address, { actions: ["forget"], before: side, after: null }))).toEqual([]);
  expect(rights(resource(address, { before: null, after: side }, { mode: "data" }))).toEqual([]);
});

test("what is known only after apply is a change", () => {
  const change = { before: { policy: "{}" }, after: {}, after_unknown: { policy: true } };
  expect(rights(resource("aws_iam_policy.a", change))).toEqual(["aws_iam_policy.a: policy"]);
});

test("a policy that somebody attached by hand is told, though the plan has no changes, and can fail a build", () => {
  const attached = resource("aws_iam_role.a", {
    ...{
      before: { assume_role_policy: trustFor(), managed_policy_arns: [] },
      after: {
        assume_role_policy: trustFor(),
        managed_policy_arns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      },
    },
  });
  const found = review([], { resource_drift: [attached] });
  expect(found.rights).toEqual([
    { address: "aws_iam_role.a", source: "drift", attributes: ["managed_policy_arns"] },
  ]);
  expect(verdictOf([found])).toBe(
    "Rights change and were not compared: `aws_iam_role.a` (`managed_policy_arns`).",
  );
  expect([...failuresIn([found])].sort()).toEqual(["drift", "rights"]);
  expect(printMarkdown([found])).toContain(
    "- `aws_iam_role.a`, changed outside of Terraform: `managed_policy_arns`",
  );
});

test("of many the verdict names three", () => {
  const many = [..."abcde"].map((name) =>
    resource(`aws_iam_policy.${name}`, { before: { policy: "{}" }, after: { policy: administrator } }),
  );
  expect(verdictOf([review(many)])).toMatch(
    /^Rights change and were not compared: (`aws_iam_policy\.[abc]` \(`policy`\)(, )?){3} and 2 more\.$/,
  );
});
