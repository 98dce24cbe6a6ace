import { App } from "cdktf";
import type { StackTransfers } from "../../lib/adopt/imports/transfers";
import { buildStacks } from "../../stacks";
import { aBucket, anAccess, anAccount, aProject, aRole } from "../fixtures/access";
import { synth } from "./synth";

const adopted = aRole({ defaultTags: false, isProtected: true, description: "" });
const access = anAccess({ projects: [aProject({ roles: [adopted] })] });

function transfersOf(stacks: Readonly<Record<string, StackTransfers>>, account = "main") {
  return new Map([[account, new Map(Object.entries(stacks))]]);
}

function code(build: () => void): unknown {
  try {
    build();
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
}

test("an import has its own block in the stack of its resource", () => {
  const imports = { "aws_iam_role.deploy": "website-deploy" };
  const { json } = synth(access, transfersOf({ "main-website": { imports, forgotten: [] } }));
  expect(json("main-website")).toMatchObject({
    import: [{ to: "aws_iam_role.deploy", id: "website-deploy" }],
  });
  expect(json("main-identity")).not.toHaveProperty("import");
});

test("imported resources are protected, and use a provider without default tags", () => {
  const stack = synth(access).json("main-website");
  expect(stack).toMatchObject({
    provider: {
      aws: [
        { default_tags: [expect.anything()] },
        { alias: "without_default_tags", allowed_account_ids: ["123456789012"], region: "us-east-1" },
      ],
    },
    resource: {
      aws_iam_role: {
        deploy: { provider: "aws.without_default_tags", lifecycle: { prevent_destroy: true } },
      },
    },
  });
  expect(JSON.stringify(stack)).not.toContain('"description"');
});

test("a released resource leaves the state and stays in AWS, also if its stack is otherwise empty", () => {
  const forgotten = ["aws_iam_role.old"];
  const { json } = synth(
    access,
    transfersOf({ "main-website": { imports: {}, forgotten }, "main-gone": { imports: {}, forgotten } }),
  );
  for (const name of ["main-website", "main-gone"])
    expect(json(name)).toMatchObject({
      removed: [{ from: "aws_iam_role.old", lifecycle: { destroy: false } }],
    });
});

test.each([
  ["import-account-unknown", transfersOf({ x: { imports: {}, forgotten: [] } }, "other")],
  [
    "import-address-unknown",
    transfersOf({ "main-website": { imports: { "aws_iam_role.x": "x" }, forgotten: [] } }),
  ],
  [
    "import-address-unknown",
    transfersOf({ "main-gone": { imports: { "aws_iam_role.deploy": "x" }, forgotten: [] } }),
  ],
  [
    "forget-still-declared",
    transfersOf({ "main-website": { imports: {}, forgotten: ["aws_iam_role.deploy"] } }),
  ],
])("%s: a mismatch of imports.json and access.yaml is an error at synth", (expected, transfers) => {
  expect(code(() => buildStacks(new App(), access, transfers))).toBe(expected);
});

test("a project's own bucket does not manage its unmanaged settings", () => {
  const bucket = {
    ...aBucket({ name: "acme-logs", keep: ["lifecycle", "policy", "publicAccess"] }),
    key: "logs",
    account: anAccount(),
    awsTags: {},
    defaultTags: false,
  };
  const stack = synth(anAccess({ projects: [aProject({ buckets: [bucket] })] })).json("main-website");
  expect(stack).toMatchObject({
    resource: {
      aws_s3_bucket: {
        logs_own: {
          bucket: "acme-logs",
          force_destroy: false,
          lifecycle: { prevent_destroy: true },
          provider: "aws.without_default_tags",
        },
      },
      aws_s3_bucket_versioning: { logs_own_versioning: expect.anything() },
      aws_s3_bucket_ownership_controls: { logs_own_ownership: expect.anything() },
      aws_s3_bucket_server_side_encryption_configuration: { logs_own_encryption: expect.anything() },
    },
  });
  expect(JSON.stringify(stack)).not.toMatch(/aws_s3_bucket_policy|public_access|lifecycle_rule/);
});
