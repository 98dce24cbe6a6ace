import { checkPlan } from "../../lib/adopt/check/check-plan";
import { readPlanJson } from "../../lib/plan/plan-json";
import { plan, resource } from "../plan/a-plan";

const ROLE = "aws_iam_role.deploy";
const live = { name: "ci-deploy", description: "as it was", tags_all: { team: "web" } };
const imports = { [ROLE]: "ci-deploy" };

function judged(
  resources: readonly object[],
  transfers: { forgotten?: readonly string[]; more?: object } = {},
) {
  const { forgotten = [], more = {} } = transfers;
  return checkPlan("main-website", readPlanJson(plan(resources, more), "a plan"), { imports, forgotten });
}

const importing = (change: object, id = "ci-deploy") =>
  resource(ROLE, { actions: ["no-op"], before: live, after: live, importing: { id }, ...change });

test("an import without changes passes, and so does a resource that is already in the state", () => {
  expect(judged([importing({})])).toEqual({
    imported: [`main-website/${ROLE}`],
    inState: [],
    forgotten: [],
    problems: [],
  });
  expect(judged([importing({ importing: undefined })])).toMatchObject({
    inState: [`main-website/${ROLE}`],
    problems: [],
  });
});

test("an import with changes is reported with each attribute, its old and new value, and what to write", () => {
  const { imported, problems } = judged([
    importing({ actions: ["update"], after: { ...live, description: "new" } }),
  ]);
  expect(imported).toEqual([]);
  expect(problems).toEqual([
    {
      stack: "main-website",
      address: ROLE,
      action: "update",
      attribute: "description",
      before: '"as it was"',
      after: '"new"',
      fix: 'set `description: "as it was"`',
    },
  ]);
});

test.each([
  [
    "replaced",
    importing({ actions: ["delete", "create"], after: { ...live, name: "other" } }),
    "delete+create",
  ],
  ["imported as something else", importing({}, "other"), "import"],
  ["created", resource(ROLE, { actions: ["create"], before: null, after: live }), "create"],
])("a resource that is %s fails the check", (_, change, action) => {
  const { imported, inState, problems } = judged([change]);
  expect([imported, inState]).toEqual([[], []]);
  expect(new Set(problems.map((one) => `${one.action} ${one.address}`))).toEqual(
    new Set([`${action} ${ROLE}`]),
  );
});

test("an import whose resource is not in the plan fails the check", () => {
  expect(judged([]).problems).toEqual([expect.objectContaining({ address: ROLE, action: "missing" })]);
});

test("the project's own tags are the only accepted change; any other tag fails the check", () => {
  const tags = { "managed-by": "a", "managed-from": "b", "terraform-state": "c" };
  const tagged = (more: object) =>
    importing({ actions: ["update"], after: { ...live, tags_all: { ...live.tags_all, ...more } } });
  expect(judged([tagged(tags)]).problems).toEqual([]);
  expect(judged([tagged({ ...tags, owner: "x" })]).problems).not.toEqual([]);
});

test("a resource that would be created on an adopted object is reported; one on another object is not", () => {
  const inline = (role: string) =>
    resource("aws_iam_role_policy.x", { actions: ["create"], before: null, after: { name: "x", role } });
  expect(judged([importing({}), inline("ci-deploy")]).problems).toEqual([
    expect.objectContaining({
      address: "aws_iam_role_policy.x",
      action: "create",
      fix: expect.stringContaining("inlinePolicies"),
    }),
  ]);
  expect(judged([importing({}), inline("another")]).problems).toEqual([]);
});

test("a manual change since the import is reported", () => {
  const drift = resource(ROLE, {
    actions: ["update"],
    before: live,
    after: { ...live, description: "by hand" },
  });
  const found = judged([importing({ importing: undefined })], { more: { resource_drift: [drift] } });
  expect(found.problems).toEqual([expect.objectContaining({ action: "drift", attribute: "description" })]);
});

test("a released resource is removed from the state and never destroyed", () => {
  const gone = (actions: readonly string[]) =>
    resource("aws_iam_role.old", { actions, before: live, after: null });
  const forgotten = ["aws_iam_role.old"];
  expect(judged([importing({}), gone(["forget"])], { forgotten })).toMatchObject({
    forgotten: ["main-website/aws_iam_role.old"],
    problems: [],
  });
  expect(judged([importing({}), gone(["delete"])], { forgotten }).problems).toEqual([
    expect.objectContaining({ address: "aws_iam_role.old", action: "delete" }),
  ]);
  expect(judged([importing({})], { forgotten }).forgotten).toEqual(["main-website/aws_iam_role.old"]);
});

describe("a plan by version 6 of the provider, which has regions and identities", () => {
  const BUCKET = "aws_s3_bucket.deploy_bucket";
  const bucket = { bucket: "acme-website", region: "us-east-1" };
  const identity = { account_id: "123456789012", bucket: "acme-website", region: "us-east-1" };
  const check = (change: object) => {
    const given = { actions: ["no-op"], before: bucket, after: bucket, importing: { id: "acme-website" } };
    const identities = { before_identity: identity, after_identity: identity };
    const planned = resource(BUCKET, { ...given, ...identities, ...change });
    const transfers = { imports: { [BUCKET]: "acme-website" }, forgotten: [] };
    return checkPlan("main-website", readPlanJson(plan([planned], {}), "a plan"), transfers);
  };

  test("an import without changes passes", () => {
    expect(check({})).toMatchObject({ imported: [`main-website/${BUCKET}`], problems: [] });
  });

  test("an import by an identity, which this project never writes, fails the check", () => {
    expect(check({ importing: { identity } }).problems).toMatchObject([{ action: "import" }]);
  });

  test("a bucket of another region fails the check", () => {
    const { imported, problems } = check({
      actions: ["delete", "create"],
      before: { ...bucket, region: "eu-west-1" },
    });
    expect(imported).toEqual([]);
    expect(problems).toMatchObject([
      { attribute: "region", before: '"eu-west-1"', fix: expect.stringContaining('in region "eu-west-1"') },
    ]);
  });
});
