import { plan, resource, reviewPlan, trustFor, unchanged as unchangedResource, type Values } from "./a-plan";

const bucketPolicy = '{"Statement":[{"Effect":"Deny"}]}';
const inline = { name: "bucket", policy: '{"Statement":[]}' };
const side = { name: "deploy", assume_role_policy: trustFor() };
const unchanged = (type: string, values: Values) => unchangedResource(`${type}.x`, values);
const roleWith = (...policies: object[]) =>
  resource("aws_iam_role.deploy", {
    before: { ...side, inline_policy: [] },
    after: { ...side, inline_policy: policies },
  });
const bucketWith = (attribute: string) =>
  resource("aws_s3_bucket.site", {
    before: { bucket: "site" },
    after: { bucket: "site", [attribute]: bucketPolicy },
  });
const reviewed = (declared: readonly object[], drifted: readonly object[]) =>
  reviewPlan(plan(declared, { resource_drift: drifted }), "plan", undefined);
const drift = (declared: readonly object[], ...drifted: object[]) => {
  const { access } = reviewed(declared, drifted);
  return [...driftedIn(declared, ...drifted), ...access.flatMap(({ addresses }) => addresses)];
};
/** Without what it means for access. */
const driftedIn = (declared: readonly object[], ...drifted: object[]) =>
  reviewed(declared, drifted).stacks.flatMap((stack) => stack.drift.map(({ address }) => address));

const policyOf = (values: Values) =>
  unchanged("aws_iam_role_policy", { role: "deploy", ...inline, ...values });

test("an inline policy that a separate resource declares is not drift of the role, in any layout", () => {
  expect(drift([policyOf({})], roleWith(inline))).toEqual([]);
  expect(drift([policyOf({ policy: '{ "Statement": [ ] }' })], roleWith(inline))).toEqual([]);
});

test.each<[what: string, declared: readonly object[], policies: readonly object[]]>([
  ["that is not declared", [], [inline]],
  ["that another role declares", [policyOf({ role: "preview" })], [inline]],
  ["with another text", [policyOf({ policy: '{"Statement":[{"Effect":"Allow"}]}' })], [inline]],
  ["in addition to the declared one", [policyOf({})], [inline, { ...inline, name: "back-door" }]],
  [
    "that is planned and does not exist yet",
    [
      resource("aws_iam_role_policy.x", {
        actions: ["create"],
        before: null,
        after: { role: "deploy", ...inline },
      }),
    ],
    [inline],
  ],
])("an inline policy %s is drift of the role", (_, declared, policies) => {
  const found = drift(declared, roleWith(...policies));
  expect(found.filter((address) => address === "aws_iam_role.deploy")).toHaveLength(2);
});

test("a bucket's policy and settings are not drift if separate resources declare them", () => {
  const declared = unchanged("aws_s3_bucket_policy", { bucket: "site", policy: bucketPolicy });
  expect(drift([declared], bucketWith("policy"))).toEqual([]);
  expect(drift([unchanged("aws_s3_bucket_policy", { bucket: "other" })], bucketWith("policy"))).toEqual([
    "aws_s3_bucket.site",
    "aws_s3_bucket.site",
  ]);
  expect(drift([], bucketWith("policy"))).toHaveLength(2);
  expect(drift([declared], bucketWith("acl"))).toHaveLength(2);
});

describe("policies attached to a role", () => {
  const attachedTo = (...arns: readonly string[]) =>
    resource("aws_iam_role.deploy", {
      before: { ...side, managed_policy_arns: ["arn:old"] },
      after: { ...side, managed_policy_arns: arns },
    });
  const attachment = unchanged("aws_iam_role_policy_attachment", { role: "deploy", policy_arn: "arn:own" });
  /**
   * The current value contains policies attached by hand. The planned value has only the declared
   * ones.
   */
  const only = (found: readonly string[], wanted: readonly string[]) =>
    resource("aws_iam_role_policy_attachments_exclusive.x", {
      before: { role_name: "deploy", policy_arns: found },
      after: { role_name: "deploy", policy_arns: wanted },
    });
  const roleIn = (found: readonly string[]) => found.filter((address) => address === "aws_iam_role.deploy");

  test.each<[what: string, declared: readonly object[], found: readonly string[], isDrift: boolean]>([
    ["a declared one", [attachment], ["arn:own"], false],
    ["none, as configured", [only([], [])], [], false],
    ["a manual one, where none is configured", [only(["arn:admin"], [])], ["arn:admin"], true],
    ["a manual one in addition to the declared one", [attachment], ["arn:own", "arn:admin"], true],
    ["none, without a configured value", [], [], true],
    [
      "one declared for another role",
      [unchanged("aws_iam_role_policy_attachment", { role: "x", policy_arn: "arn:own" })],
      ["arn:own"],
      true,
    ],
  ])("%s", (_, declared, found, isDrift) => {
    expect(roleIn(drift(declared, attachedTo(...found))).length > 0).toBe(isDrift);
  });
});

test("an empty value instead of null is not drift; a larger or smaller one is", () => {
  const drifted = (before: object, after: object) => drift([], resource("a.b", { before, after }));
  expect(drifted({ tags: null, boundary: "", list: [] }, { tags: {}, boundary: null, list: null })).toEqual(
    [],
  );
  expect(drifted({ rule: [{ id: "x", tags: null }] }, { rule: [{ id: "x", tags: {} }] })).toEqual([]);
  expect(drifted({ rule: [{ id: "x", tags: null }] }, { rule: [{ id: "x", tags: { a: "" } }] })).toEqual([
    "a.b",
  ]);
  expect(drifted({ json: '{"a":null}' }, { json: '{"a":[]}' })).toEqual(["a.b"]);
  expect(drifted({ tags: null }, { tags: { a: "" } })).toEqual(["a.b"]);
  expect(drifted({ list: ["a"] }, { list: [] })).toEqual(["a.b"]);
  expect(drifted({ text: "a", tags: null }, { text: "", tags: {} })).toEqual(["a.b"]);
  expect(drifted({ count: null }, { count: 0 })).toEqual(["a.b"]);
  expect(drifted({}, {})).toEqual(["a.b"]);
});

test.each<[what: string, name: unknown]>([
  ["not known", null],
  ["absent", undefined],
  ["empty", ""],
  ["not a string", 7],
])("two names that are %s are not equal", (_, name) => {
  const nameless = resource("aws_iam_role.deploy", {
    before: { ...side, name, inline_policy: [] },
    after: { ...side, name, inline_policy: [inline] },
  });
  expect(driftedIn([policyOf({ role: name })], nameless)).toContain("aws_iam_role.deploy");
  const bucket = resource("aws_s3_bucket.site", {
    before: { bucket: name },
    after: { bucket: name, policy: bucketPolicy },
  });
  expect(driftedIn([unchanged("aws_s3_bucket_policy", { bucket: name })], bucket)).toContain(
    "aws_s3_bucket.site",
  );
});

test("an unknown attachment or inline policy does not match an unknown declaration", () => {
  const drifted = (attribute: string, ...found: unknown[]) =>
    resource("aws_iam_role.deploy", {
      before: { ...side, [attribute]: [] },
      after: { ...side, [attribute]: found },
    });
  const attachment = unchanged("aws_iam_role_policy_attachment", { role: "deploy", policy_arn: null });
  expect(driftedIn([attachment], drifted("managed_policy_arns", null))).toContain("aws_iam_role.deploy");
  for (const unknown of [{ name: null }, { policy: null }])
    expect(driftedIn([policyOf(unknown)], drifted("inline_policy", { ...inline, ...unknown }))).toContain(
      "aws_iam_role.deploy",
    );
});

describe("the number of a policy's attachments", () => {
  const arn = "arn:aws:iam::123456789012:policy/own";
  const policy = { name: "own", arn, policy: '{"Statement":[]}' };
  const counted = (count: unknown, more: object = {}) =>
    resource("aws_iam_policy.own", {
      before: { ...policy, attachment_count: 0 },
      after: { ...policy, attachment_count: count, ...more },
    });
  const to = (role: unknown, of: unknown = arn) =>
    unchanged("aws_iam_role_policy_attachment", { role, policy_arn: of });
  const user = unchanged("aws_iam_user_policy_attachment", { user: "deploy", policy_arn: arn });
  const group = unchanged("aws_iam_group_policy_attachment", { group: "deploy", policy_arn: arn });
  const change = (type: string, before: object | null, after: object | null) =>
    resource(`${type}.x`, { before, after });
  const exclusive = (found: readonly string[], wanted: readonly string[]) =>
    change(
      "aws_iam_role_policy_attachments_exclusive",
      { role_name: "deploy", policy_arns: found },
      { role_name: "deploy", policy_arns: wanted },
    );
  const list = (found: object, wanted: object) =>
    change("aws_iam_policy_attachment", { policy_arn: arn, ...found }, { policy_arn: arn, ...wanted });

  test.each<[what: string, declared: readonly object[], found: unknown, isDrift: boolean]>([
    ["the declared number", [to("deploy")], 1, false],
    ["one more than declared", [to("deploy")], 2, true],
    ["one fewer than declared", [to("deploy"), to("preview")], 1, true],
    ["one, with none declared", [], 1, true],
    ["one, with one of another policy declared", [to("deploy", `${arn}-other`)], 1, true],
    ["a role, a user and a group of the same name", [to("deploy"), user, group], 3, false],
    ["a role declared twice", [to("deploy"), exclusive([arn], [arn])], 1, false],
    ["a role declared twice, and a manual one", [to("deploy"), exclusive([arn], [arn])], 2, true],
    ["one, where the declared one is missing: a manual one", [exclusive([], [arn])], 1, true],
    ["one that exists and is no longer declared", [exclusive([arn], [])], 1, true],
    [
      "all of a list",
      [list({ roles: ["a", "b"], users: ["c"] }, { roles: ["a", "b"], users: ["c"] })],
      3,
      false,
    ],
    ["a manual one in addition to a list", [list({ roles: ["a", "b"] }, { roles: ["a"] })], 2, true],
    [
      "one that is planned and does not exist yet",
      [change("aws_iam_role_policy_attachment", null, { role: "deploy", policy_arn: arn })],
      1,
      true,
    ],
    ["one with an unknown role", [to(null)], 1, true],
    ["an unknown number", [to("deploy")], null, true],
  ])("%s", (_, declared, found, isDrift) => {
    expect(driftedIn(declared, counted(found)).includes("aws_iam_policy.own")).toBe(isDrift);
  });

  test("other changes of the policy are drift; the declared number of attachments is not", () => {
    expect(driftedIn([to("deploy")], counted(1, { description: "by hand" }))).toContain("aws_iam_policy.own");
  });

  test("a policy with an unknown ARN matches no attachment", () => {
    expect(driftedIn([to("deploy", null)], counted(1, { arn: null }))).toContain("aws_iam_policy.own");
  });
});
