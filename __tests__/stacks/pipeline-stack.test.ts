import path from "node:path";
import { App, TerraformStack } from "cdktf";
import { accountView } from "../../lib/config/model/account-view";
import { repositoryRoot } from "../../lib/programs/cache";
import { readAccess } from "../../lib/project/read-access";
import { buildStacks } from "../../stacks";
import { synth, temporaryFolder } from "./synth";

const access = readAccess(path.join(repositoryRoot, "examples", "infrastructure", "access.yaml"));
const BOUNDARY = "arn:aws:iam::123456789012:policy/cdktf-circleci-oidc-boundary";

test("the roles that run Terraform have their own stack, with the boundary that all others depend on", () => {
  const { manifest } = synth(access);
  expect(Object.fromEntries(manifest.map(({ name, dependencies }) => [name, dependencies]))).toEqual({
    "main-state": [],
    "main-identity": ["main-state"],
    "main-pipeline": ["main-identity"],
    "main-website": ["main-pipeline"],
  });
  expect(access.accounts.flatMap((account) => accountView(access, account).stackNames)).toEqual([
    ...["main-state", "main-identity", "main-pipeline", "main-website"],
  ]);
});

test("every address of that stack", () => {
  const { addresses } = synth(access);
  expect(addresses.filter((address) => address.startsWith("main-pipeline: "))).toEqual(
    [
      "aws_iam_policy.boundary",
      ...["apply", "plan"].flatMap((key) => [
        ...[`aws_iam_role.${key}`, `aws_iam_role_policy.${key}_inline_terraform`],
        `aws_iam_role_policies_exclusive.${key}_only_these_inline`,
        `aws_iam_role_policy_attachments_exclusive.${key}_only_these_attached`,
        `output.${key}_role_arn`,
      ]),
    ]
      .map((address) => `main-pipeline: ${address}`)
      .sort(),
  );
});

test("every other role has the boundary, and those that run Terraform have none", () => {
  const built = synth(access);
  const boundaries = (stack: string) =>
    Object.values(built.json(stack).resource?.aws_iam_role ?? {}).map((role) =>
      typeof role === "object" && role !== null && "permissions_boundary" in role
        ? role.permissions_boundary
        : "none",
    );
  expect(boundaries("main-website")).toEqual([BOUNDARY, BOUNDARY]);
  expect(boundaries("main-pipeline")).toEqual(["none", "none"]);
});

test("a boundary that the file names is not created", () => {
  const accounts = access.accounts.map((account) => ({
    ...account,
    boundary: { arn: "arn:aws:iam::123456789012:policy/Own", from: "named" as const },
  }));
  const [account] = accounts;
  if (account === undefined) throw new Error("the example has an account");
  const projects = access.projects.map((project) => ({
    ...project,
    roles: project.roles.map((role) => ({ ...role, account })),
  }));
  const { resource } = synth({ ...access, accounts, projects }).json("main-pipeline");
  expect(Object.keys(resource ?? {})).not.toContain("aws_iam_policy");
});

test("equals the output of cdktf's own toTerraform", () => {
  const app = new App({ outdir: temporaryFolder() });
  buildStacks(app, access);
  const stacks = app.node.children.filter(TerraformStack.isStack);
  expect(stacks).toHaveLength(4);
  for (const stack of stacks) {
    const theirs: unknown = TerraformStack.prototype.toTerraform.call(stack);
    expect(stack.toTerraform()).toEqual(theirs);
  }
});
