import { plan, resource, reviewPlan, trustFor } from "./a-plan";

const bucketPolicy = '{"Statement":[{"Effect":"Deny"}]}';
const inline = { name: "bucket", policy: '{"Statement":[]}' };
const side = { name: "deploy", assume_role_policy: trustFor() };
const still = (type: string, values: object) =>
  resource(`${type}.x`, { actions: ["no-op"], before: values, after: values });
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
const drift = (declared: readonly object[], ...drifted: object[]) => {
  const { stacks, access } = reviewPlan(plan(declared, { resource_drift: drifted }), "plan", undefined);
  return [
    ...stacks.flatMap((stack) => stack.drift).map(({ address }) => address),
    ...access.flatMap(({ addresses }) => addresses),
  ];
};

const policyOf = (values: object) => still("aws_iam_role_policy", { role: "deploy", ...inline, ...values });

test("an inline policy that a resource of its own declares is no drift of the role, however it is laid out", () => {
  expect(drift([policyOf({})], roleWith(inline))).toEqual([]);
  expect(drift([policyOf({ policy: '{ "Statement": [ ] }' })], roleWith(inline))).toEqual([]);
});

test.each<[what: string, declared: readonly object[], policies: readonly object[]]>([
  ["that nobody declares", [], [inline]],
  ["that another role declares", [policyOf({ role: "preview" })], [inline]],
  ["with other words", [policyOf({ policy: '{"Statement":[{"Effect":"Allow"}]}' })], [inline]],
  ["beside the declared one", [policyOf({})], [inline, { ...inline, name: "back-door" }]],
  [
    "that is planned and not there yet",
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

test("the bucket's policy and settings are no drift of the bucket where a resource declares them for that bucket", () => {
  const declared = still("aws_s3_bucket_policy", { bucket: "site", policy: bucketPolicy });
  expect(drift([declared], bucketWith("policy"))).toEqual([]);
  expect(drift([still("aws_s3_bucket_policy", { bucket: "other" })], bucketWith("policy"))).toEqual([
    "aws_s3_bucket.site",
    "aws_s3_bucket.site",
  ]);
  expect(drift([], bucketWith("policy"))).toHaveLength(2);
  expect(drift([declared], bucketWith("acl"))).toHaveLength(2);
});

describe("policies that are attached to a role", () => {
  const attachedTo = (...arns: readonly string[]) =>
    resource("aws_iam_role.deploy", {
      before: { ...side, managed_policy_arns: ["arn:old"] },
      after: { ...side, managed_policy_arns: arns },
    });
  const attachment = still("aws_iam_role_policy_attachment", { role: "deploy", policy_arn: "arn:own" });
  /** Found: also what somebody attached by hand. Wanted: nothing else than the file says. */
  const only = (found: readonly string[], wanted: readonly string[]) =>
    resource("aws_iam_role_policy_attachments_exclusive.x", {
      before: { role_name: "deploy", policy_arns: found },
      after: { role_name: "deploy", policy_arns: wanted },
    });
  const roleIn = (found: readonly string[]) => found.filter((address) => address === "aws_iam_role.deploy");

  test.each<[what: string, declared: readonly object[], found: readonly string[], isDrift: boolean]>([
    ["one that is declared", [attachment], ["arn:own"], false],
    ["none, where none is wanted", [only([], [])], [], false],
    ["one by hand, where none is wanted", [only(["arn:admin"], [])], ["arn:admin"], true],
    ["one by hand beside the declared one", [attachment], ["arn:own", "arn:admin"], true],
    ["none, where nobody says what is wanted", [], [], true],
    [
      "one that is wanted of another role",
      [still("aws_iam_role_policy_attachment", { role: "x", policy_arn: "arn:own" })],
      ["arn:own"],
      true,
    ],
  ])("%s", (_, declared, found, isDrift) => {
    expect(roleIn(drift(declared, attachedTo(...found))).length > 0).toBe(isDrift);
  });
});

test("what is empty where nothing was is no drift, and what is more or less is", () => {
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
