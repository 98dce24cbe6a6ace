import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { terraformLiteral } from "../../constructs/terraform-literal";
import { type SharedTerraform, sharedTerraform } from "../../dev/e2e/providers/shared-terraform";
import { providerArn } from "../../lib/iam/language/arns";
import { writeTrustPolicy } from "../../lib/iam/write/trust/trust-policy";
import { run } from "../../lib/process/run";
import { Terraform } from "../../lib/terraform/terraform";
import {
  aBucket,
  aGrant,
  anAccess,
  anAccount,
  anyRef,
  aProject,
  aRole,
  everyone,
  refs,
} from "../fixtures/access";
import { synth } from "../stacks/synth";

const hostileRefs = refs({
  branches: ["${aws:username}", "%{if}", "$${x}", "größe-中文-🚀", '"\\', "release/*"],
});
const hostileGrant = aGrant({ people: everyone, refs: hostileRefs });

/** Everything that access.yaml can say about a role, beside a role that says only what it must. */
const access = anAccess({
  projects: [
    aProject({
      roles: [
        aRole({
          key: "full",
          name: "Full+role=1,@2.3",
          path: "/ci/",
          description: "Everything: ${var.x} %{if} größe",
          sessionSeconds: 43_200,
          grant: hostileGrant,
          bucket: aBucket({
            kmsKey: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
          }),
          policies: [
            "arn:aws:iam::123456789012:policy/team/Read+Only",
            "arn:aws:iam::aws:policy/ReadOnlyAccess",
          ],
          statements: [
            {
              Sid: "Own",
              Effect: "Deny",
              NotAction: ["s3:*"],
              NotResource: "arn:aws:s3:::home/${aws:username}/*",
              Condition: { StringLike: { "aws:PrincipalTag/team": ["web", "${*}"] } },
            },
          ],
          permissionsBoundary: "arn:aws:iam::123456789012:policy/boundary",
          awsTags: { team: "web", "cost centre": "" },
        }),
        aRole({ key: "bare", name: "bare", grant: aGrant({ people: everyone, refs: anyRef }) }),
        aRole({ key: "aws", name: "scratch", bucket: aBucket({ name: "acme-scratch", forceDestroy: true }) }),
      ],
    }),
  ],
});

let shared: SharedTerraform;
let program: string;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  shared = await sharedTerraform();
  program = shared.program;
  env = { ...process.env, ...shared.environment };
});
afterAll(() => shared?.stop());

describe("real Terraform, with the real provider", () => {
  test("finds every stack valid", async () => {
    const built = synth(access);
    const findings = built.manifest.map(async ({ name }) => {
      const folder = path.join(built.folder, "stacks", name);
      const init = ["init", "-backend=false", "-input=false", "-no-color"];
      expect(await run(program, init, { cwd: folder, env })).toMatchObject({ exitCode: 0 });
      const diagnostics = await new Terraform(program, env).validate(folder);
      // docs/decisions/0009-lifecycle-rule.md
      return [name, diagnostics.filter((text) => !text.startsWith("warning: Argument is deprecated"))];
    });
    expect(Object.fromEntries(await Promise.all(findings))).toEqual({
      "main-identity": [],
      "main-state": [],
      "main-website": [],
    });
  });

  test("rejects an invalid stack", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "faulty-"));
    await writeFile(path.join(folder, "main.tf.json"), JSON.stringify({ locals: { x: "${var.missing}" } }));
    expect(await new Terraform(program, env).validate(folder)).toEqual([expect.stringMatching(/^error: /)]);
    await rm(folder, { recursive: true });
  });
});

describe("Terraform's evaluation of an escaped text", () => {
  test("is the original text", async () => {
    const pieces = fc.constantFrom("$", "%", "{", "}", "\\", '"', "~", "\n", "a", "中", "🚀");
    const texts = fc.sample(
      fc.array(pieces, { minLength: 1, maxLength: 10 }).map((all) => all.join("")),
      500,
    );
    expect(await evaluate(texts.map(terraformLiteral))).toEqual(texts);
  });

  test("of a trust policy is the generated policy", async () => {
    const roles = synth(access).json("main-website").resource?.aws_iam_role ?? {};
    const [policy] = await evaluate([propertyOf(roles.full, "assume_role_policy")]);
    const account = anAccount();
    expect(JSON.parse(policy ?? "")).toEqual(
      writeTrustPolicy(hostileGrant, providerArn(account, hostileGrant), 2_048),
    );
  });
});

/** The strings as Terraform sees them, as JSON syntax gives them to it. */
async function evaluate(literals: readonly string[]): Promise<readonly string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "literals-"));
  try {
    await writeFile(path.join(folder, "main.tf.json"), JSON.stringify({ locals: { texts: literals } }));
    const question = { cwd: folder, env, input: "base64encode(jsonencode(local.texts))\n" };
    const { stdout, stderr, exitCode } = await run(program, ["console"], question);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    return JSON.parse(Buffer.from(stdout.trim().replaceAll('"', ""), "base64").toString("utf8"));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function propertyOf(resource: unknown, name: string): string {
  if (typeof resource !== "object" || resource === null) throw new Error("no such resource");
  return String(Object.entries(resource).find(([key]) => key === name)?.[1]);
}
