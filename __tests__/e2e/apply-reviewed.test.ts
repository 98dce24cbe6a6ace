import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { AccountReader } from "../../dev/e2e/account";
import { cloneOf, copyAsRepository, gitIn } from "../../dev/e2e/clone";
import { said } from "../../dev/e2e/ended";
import { startWorld } from "../../dev/e2e/start-world";
import { edited, talk } from "../../dev/e2e/talk";
import { deployRole } from "../../dev/e2e/talk-objects";
import type { World } from "../../dev/e2e/world";
import type { Ended } from "../../dev/tools/sandbox-support";
import { ownProgram } from "../../lib/programs/own-program";
import { awsProviderAddress } from "../../lib/terraform/product";
import { chooseProvider, constraintOf } from "../../lib/terraform/provider-choice";
import { terraformPlatform } from "../../lib/terraform/versions";

jest.setTimeout(900_000);

const STACKS = ["main-identity", "main-website"];

let world: World;
let account: AccountReader;
/** Where it is reviewed, and where it is applied: two clones at two paths, as in two jobs. */
let here: string;
let there: string;
let plans: string;

beforeAll(async () => {
  world = await startWorld(undefined, { installs: true });
  account = new AccountReader(world.sandbox);
  await account.s3.send(new CreateBucketCommand({ Bucket: "acme-terraform-state" }));
  here = path.join(world.folder, "here");
  there = path.join(world.folder, "there", "deeper", "down");
  plans = path.join(world.folder, "plans");
  copyAsRepository(here);
  mkdirSync(path.dirname(there), { recursive: true });
  cloneOf(here, there);
});

afterAll(async () => {
  account?.close();
  await world?.stop();
});

function oidc(project: string, ...args: readonly string[]): Promise<Ended> {
  const output = path.join(project, "cdktf.out");
  return world.start([...ownProgram("cli/oidc.ts"), ...args, "--output", output], {
    cwd: project,
    output,
  }).ended;
}

const apply = () => oidc(there, "apply", "--reviewed", plans);

// One test: what is applied is what was reviewed, and every step needs the one before.
test("the reviewed plans are applied in another clone, exactly or not at all; a repeated run applies the rest", async () => {
  const reviewed = await oidc(here, "review", ...STACKS, "--read-only", "--out", plans);
  expect(said(reviewed)).toContain("### Access");
  expect(reviewed.exitCode).toBe(0);
  // It has written nothing into the account, and only its user can read what it keeps.
  expect(await account.objects("acme-terraform-state")).toEqual([]);
  const kept = STACKS.flatMap((stack) => [`${stack}.plan`, `${stack}.lock.hcl`]);
  const modes = [...kept, "reviewed.json", "."].map((name) => statSync(path.join(plans, name)).mode & 0o777);
  expect(modes).toEqual([...Array(5).fill(0o600), 0o700]);

  // One provider on the disk, whatever number of stacks there is.
  const providers = path.join(here, "cdktf.out", "stacks", "main-website", ".terraform", "providers");
  const { version = "" } = chooseProvider(constraintOf(process.env));
  const ofPlatform = [awsProviderAddress(world.product), version, terraformPlatform()];
  expect(lstatSync(path.join(providers, ...ofPlatform)).isSymbolicLink()).toBe(true);

  // Everything that is not as it was is named at once, and nothing is applied.
  const planFile = path.join(plans, "main-website.plan");
  const bytes = readFileSync(planFile);
  const changed = Buffer.from(bytes);
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  writeFileSync(planFile, changed);
  await world.writeAccess(edited(await talk(), "publishers: [alice]", "publishers: [alice, bob]"));
  writeFileSync(path.join(there, "new.ts"), "");
  const refused = await apply();
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr.match(/^ {2}reviewed-[a-z-]+: \S+/gm)).toEqual([
    "  reviewed-dirty: the",
    "  reviewed-code: main-website:",
    "  reviewed-plan-changed: main-website:",
  ]);
  expect(await account.roleNames()).toEqual([]);
  rmSync(path.join(there, "new.ts"));
  await world.writeAccess(await talk());
  writeFileSync(planFile, bytes);
  chmodSync(planFile, 0o600);

  // One of the roles is created by hand first: what comes before it is applied, and that it failed
  // is said.
  const AssumeRolePolicyDocument = JSON.stringify(deployRole.trust);
  await account.iam.send(new CreateRoleCommand({ RoleName: "website-deploy", AssumeRolePolicyDocument }));
  const first = await apply();
  expect(first.exitCode).toBe(1);
  expect(first.stdout).toContain("main-identity: applied\nmain-website: failed\n");
  expect(said(first)).toContain("EntityAlreadyExists");
  expect(await account.roleNames()).toContain("website-preview");

  // Again: what is done is found to be done, and what is half done has to be reviewed again.
  const second = await apply();
  expect(second.exitCode).toBe(1);
  expect(second.stdout).toMatch(/^main-identity: already applied\nmain-website: not applied: .* stale\. /);
  // Terraform has given all locks back.
  expect(await account.objects("acme-terraform-state")).toEqual(STACKS.map((stack) => `${stack}.tfstate`));
  expect(gitIn(there, "status", "--porcelain")).toBe("");
  expect(existsSync(path.join(there, "cdktf.out", "stacks", "main-state"))).toBe(true);
});
