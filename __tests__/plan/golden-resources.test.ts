import { z } from "zod";
import { type GoldenName, goldenNames, goldenPlan, handWrittenPlan } from "../../dev/golden/cases";
import { plainText } from "../../lib/describe/phrase";
import { readPlan } from "../../lib/diff/read-plan";
import type { ResourceChange, ShownValue } from "../../lib/plan/resource-change";
import { verdictOf } from "../../lib/report/verdict/verdict";
import { reviewPlan } from "./a-plan";

const reviewOf = (name: GoldenName) => readPlan(goldenPlan(name), name).review;
const said = (value: ShownValue): string => (value.kind === "text" ? value.text : `<${value.kind}>`);
/** `update aws_iam_role.deploy`, one a change. */
const lines = (changes: readonly ResourceChange[]) =>
  changes.map(({ action, address }) => `${action} ${address}`);
const reasonIn = ({ reason }: ResourceChange) => (reason === undefined ? "" : plainText(reason));
const changeIn = (changes: readonly ResourceChange[], address: string): ResourceChange => {
  const found = changes.find((change) => change.address === address);
  if (found === undefined) throw new Error(`no change of ${address}`);
  return found;
};
const attributesIn = (changes: readonly ResourceChange[], address: string) =>
  Object.fromEntries(
    changeIn(changes, address).attributes.map(({ path, before, after }) => [
      path,
      `${said(before)} → ${said(after)}`,
    ]),
  );

const withChanges = z.looseObject({ resource_changes: z.array(z.unknown()).optional() });
const MODULE_GONE = "its module is no longer in the configuration";

test.each(goldenNames)(
  "%s: nothing that must not be shown is in it, and it is the same in any order",
  (name) => {
    const read = readPlan(goldenPlan(name), name);
    expect(JSON.stringify(read)).not.toMatch(/SECRET/);
    const { resource_changes: changes = [], ...plan } = withChanges.parse(JSON.parse(goldenPlan(name)));
    const turned = readPlan(JSON.stringify({ resource_changes: changes.toReversed(), ...plan }), name);
    expect(JSON.stringify(turned.review)).toBe(JSON.stringify(read.review));
  },
);

test.each<[name: GoldenName, is: readonly string[]]>([
  ["no-changes", []],
  ["sensitive-no-changes", []],
  [
    "create",
    ["create aws_iam_role.deploy", "create aws_iam_role_policy.site", "create terraform_data.release"],
  ],
  ["update", ["update aws_iam_role.deploy"]],
  ["replace-by-attribute", ["replace aws_iam_role.deploy", "replace aws_iam_role_policy.site"]],
  ["destroy", ["destroy aws_iam_role_policy.site"]],
  [
    "destroy-all",
    ["destroy aws_iam_role.deploy", "destroy aws_iam_role_policy.site", "destroy terraform_data.release"],
  ],
  ["import", ["import aws_iam_role.deploy"]],
  ["import-and-update", ["import-and-update aws_iam_role.deploy"]],
  ["moved", ["move aws_iam_role.publish"]],
  ["moved-and-updated", ["update aws_iam_role.publish"]],
  ["moved-and-replaced", ["replace aws_iam_role.publish"]],
  ["deposed", ["destroy aws_s3_bucket.site (deposed deadbeef)"]],
  ["import-and-replace", ["import-and-replace aws_iam_role.deploy"]],
  ["forgotten", ["forget aws_iam_role.deploy"]],
  ["moved-into-module", ["move module.deploy.aws_iam_role.this"]],
  [
    "several-providers",
    ["create aws_s3_bucket.here", "create aws_s3_bucket.there", "create terraform_data.release"],
  ],
  ["drift-no-changes", []],
  ["outputs-only", []],
])("%s: the actions", (name, is) => {
  expect(lines(reviewOf(name).resources)).toEqual(is);
});

test.each<[name: GoldenName, why: string]>([
  [
    "replace-by-attribute",
    "it cannot be updated in place; the old one is destroyed before the new one is created",
  ],
  [
    "replace-create-before-destroy",
    "it cannot be updated in place; the new one is created before the old one is destroyed",
  ],
  [
    "replace-because-tainted",
    "it is tainted: an earlier apply did not complete; the old one is destroyed before the new one is created",
  ],
  ["replace-by-request", "requested with -replace; the old one is destroyed before the new one is created"],
  [
    "replace-by-trigger",
    "a reference in its replace_triggered_by changes; the old one is destroyed before the new one is created",
  ],
])("%s: the reasons", (name, why) => {
  expect(reasonIn(changeIn(reviewOf(name).resources, "aws_iam_role.deploy"))).toBe(why);
});

test("a replacement shows the attributes that force it, its changes, and what is known only after apply", () => {
  const { resources } = reviewOf("replace-by-attribute");
  expect(changeIn(resources, "aws_iam_role.deploy").replacedFor).toEqual(["name"]);
  expect(attributesIn(resources, "aws_iam_role.deploy")).toMatchObject({
    name: "website-deploy → website-publish",
    arn: "arn:aws:iam::123456789012:role/website-deploy → <known-after-apply>",
  });
});

test("a destroyed resource shows the reason and its attributes", () => {
  const { resources } = reviewOf("destroy");
  expect(reasonIn(changeIn(resources, "aws_iam_role_policy.site"))).toBe(
    "it is no longer in the configuration",
  );
  expect(attributesIn(resources, "aws_iam_role_policy.site")).toMatchObject({ name: "site → <absent>" });
});

test("a move shows the previous address, an import its ID", () => {
  expect(reviewOf("moved").resources[0]).toMatchObject({
    previousAddress: "aws_iam_role.deploy",
    attributes: [],
  });
  expect(reviewOf("moved-and-updated").resources[0]).toMatchObject({
    previousAddress: "aws_iam_role.deploy",
  });
  expect(reviewOf("moved-and-updated").resources[0]?.attributes).not.toEqual([]);
  expect(reviewOf("import").resources[0]).toMatchObject({ importId: "website-deploy", attributes: [] });
  expect(reviewOf("import-and-update").resources[0]?.attributes).not.toEqual([]);
});

test("drift is reported for a plan without changes; attributes missing in new resources are not drift", () => {
  const { resources, drift } = reviewOf("drift-no-changes");
  expect(resources).toEqual([]);
  expect(lines(drift)).toEqual(["update aws_iam_role.deploy"]);
  expect(attributesIn(drift, "aws_iam_role.deploy")).toMatchObject({
    "inline_policy[0].name": "<absent> → back-door",
    "managed_policy_arns[0]": "<absent> → arn:aws:iam::123456789012:policy/administrator",
  });
  const door = changeIn(drift, "aws_iam_role.deploy").attributes.find(
    ({ path }) => path === "inline_policy[0].policy",
  );
  expect(door?.statements).toMatchObject([
    { effect: "added", lines: [{}, { text: 'Action: "*"' }, { text: 'Resource: "*"' }] },
  ]);
  expect(lines(reviewOf("drift-refresh-only-deleted").drift)).toContain(
    "destroy aws_iam_role_policy.preview",
  );
});

test("adding one person to a trust policy is one line of the report, not the whole policy", () => {
  const { drift } = reviewOf("drift-refresh-only-deleted");
  const trust = changeIn(drift, "aws_iam_role.deploy").attributes.find(
    ({ path }) => path === "assume_role_policy",
  );
  const changed = trust?.statements
    ?.flatMap((statement) => statement.lines)
    .filter(({ mark }) => mark !== " ");
  expect(changed).toMatchObject([
    { mark: "+", text: expect.stringContaining("/user/91d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c02/") },
  ]);
});

test("a data source shows why it is read, and a check shows its result", () => {
  const { resources, checks } = reviewOf("check-failed");
  expect(lines(resources)).toContain("read data.aws_caller_identity.me");
  expect(reasonIn(changeIn(resources, "data.aws_caller_identity.me"))).toBe(
    "a check reads it again in every run",
  );
  expect(checks).toEqual([
    { address: "check.identity", status: "fail", problems: ["This is another account."] },
    {
      address: "check.session",
      status: "fail",
      problems: ["A session of website-deploy should end within an hour."],
    },
  ]);
  expect(reviewOf("check-unknown").checks).toEqual([
    { address: "check.preview", status: "unknown", problems: [] },
  ]);
});

test("a resource removed with its module shows that reason; keys keep their dots", () => {
  const { resources } = reviewOf("module-key-exchanged");
  expect(lines(resources)).toEqual([
    'destroy module.site["docs"].module.role.aws_iam_role.this',
    'destroy module.site["docs"].module.role.aws_iam_role_policy.site',
    'create module.site["docs-2.0"].module.role.aws_iam_role.this',
    'create module.site["docs-2.0"].module.role.aws_iam_role_policy.site',
  ]);
  expect(resources.slice(0, 2).map(reasonIn)).toEqual([MODULE_GONE, MODULE_GONE]);
});

test("outputs that are added, changed and removed are shown, and sensitive ones are masked", () => {
  const outputs = (name: GoldenName) =>
    reviewOf(name).outputs.map(
      ({ name: output, action, before, after }) => `${action} ${output}: ${said(before)} → ${said(after)}`,
    );
  expect(outputs("outputs-only")).toEqual([
    'create added: <absent> → {"ports":[80,443],"url":"https://example.com"}',
    "update changed: before → after",
    "update hidden: <sensitive> → <sensitive>",
    "create later: <absent> → 00000000-0000-4000-8000-000000000001",
    'destroy removed: ["gone"] → <absent>',
    "update shown: <sensitive> → <sensitive>",
  ]);
  expect(outputs("outputs-unknown")).toContain("create later: <absent> → <known-after-apply>");
});

test("a secret in an unchanged attribute is masked too", () => {
  const { resources } = reviewOf("sensitive-update");
  expect(attributesIn(resources, "aws_iam_role.deploy")).toMatchObject({
    assume_role_policy: "<sensitive> → <sensitive>",
    "tags_all.token": "<sensitive> → <sensitive>",
  });
  expect(attributesIn(resources, "terraform_data.note")).toEqual({
    "input.list[1]": "<sensitive> → <sensitive>",
    output: '{"list":["plain","(sensitive)"],"plain":"seen"} → <known-after-apply>',
  });
});

test("a failed plan, a partial plan, and a plan with deferred changes", () => {
  expect(reviewOf("errored-prevent-destroy").isErrored).toBe(true);
  expect(reviewOf("target")).toMatchObject({ isErrored: false, isIncomplete: true });
  const { review } = readPlan(handWrittenPlan("deferred"), "deferred");
  expect(review.isIncomplete).toBe(true);
  expect(review.deferred.map((change) => `${change.address}: ${reasonIn(change)}`)).toEqual([
    "aws_iam_role.deploy[*]: its count or for_each is known only after apply",
    "aws_iam_role_policy.site: a dependency is deferred",
  ]);
});

test("a deferred change that can affect access is unknown, and the verdict shows it", () => {
  const review = reviewPlan(handWrittenPlan("deferred"), "deferred", undefined);
  const deferred = review.access.filter(({ relation }) => relation === "unknown");
  expect(deferred.map(({ aspect, subject, reason = [] }) => [aspect, subject, plainText(reason)])).toEqual([
    ["trust", "website-deploy", "deferred to a later plan: its count or for_each is known only after apply"],
    ["permissions", "website-deploy", "deferred to a later plan: a dependency is deferred"],
  ]);
  expect(verdictOf(review).undetermined.map(({ subject }) => subject)).toContain("website-deploy");
});
