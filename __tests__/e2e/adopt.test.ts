import { cpSync, existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { ADOPTED_BUCKETS } from "../../dev/demo/adopt/demo-adopt";
import { snapshot } from "../../dev/demo/adopt/snapshot";
import { AccountReader } from "../../dev/e2e/account";
import { type Demo, startAdoptDemo } from "../../dev/e2e/demo";
import { said, succeeded } from "../../dev/e2e/ended";
import { type Gate, openGate, putObject } from "../../dev/e2e/gate";
import { untilHeld } from "../../dev/e2e/running";
import { startWorld } from "../../dev/e2e/start-world";
import { edited } from "../../dev/e2e/talk";
import type { World } from "../../dev/e2e/world";
import { cacheDirectory } from "../../lib/programs/cache";
import { readAccess } from "../../lib/project/read-access";

jest.setTimeout(1_800_000);

const ROLES = [
  ...["bounded", "dead-end", "elsewhere", "exact", "loaded", "org-wide", "pinned", "project-wide"],
  ...["tagged", "website-release", "worded"],
];
/** The project that the account's own roles name, by its id. */
const PROJECT = "project-77c2a8e4";
const STACK = `main-${PROJECT}`;
const DESCRIPTION = 'description: "Releases the website; ask #platform"';

let demo: Demo;
let world: World;
let account: AccountReader;
let before: unknown;
const gates: Gate[] = [];

// `npm run demo:adopt -- --keep`: the account of examples/adopt is made by hand, adopted and
// deployed, and found as it was. What follows works on the files that it leaves.
beforeAll(async () => {
  demo = await startAdoptDemo();
  world = await startWorld(demo.sandbox, demo);
  account = new AccountReader(demo.sandbox);
  const left = path.join(cacheDirectory(), "demo-adopt");
  for (const name of ["access.yaml", "adopted"])
    cpSync(path.join(left, name), path.join(world.folder, name), { recursive: true });
  before = await snapshot(account, ADOPTED_BUCKETS);
});

afterAll(async () => {
  await Promise.all(gates.map((gate) => gate.stop()));
  account?.close();
  await world?.stop();
  await demo?.sandbox.stop();
});

const importsFile = (): string => path.join(world.folder, "imports.json");
const accessText = (): string => readFileSync(world.accessFile, "utf8");
const adopt = (...args: readonly string[]) =>
  world.ours("oidc", ["adopt", "--output", world.output, ...args]);

// One test: each step needs what the one before has left.
test("a manually created account is adopted and released without a change to any of its resources", async () => {
  everyShapeIsUnderstood();
  await nothingMoreToAdopt();
  await changesAreTold();
  await released();
  await deployOverWhatExists();
  await deployIsKilled();
});

/** And comes in without a change; what the file had before stays, comments too. */
function everyShapeIsUnderstood(): void {
  for (const line of [
    `exact → ${PROJECT}/exact: exactly alice from main of github.com/acme/website`,
    `worded → ${PROJECT}/worded: exactly alice from main of github.com/acme/website; keeps the wording of its trust policy`,
    `website-release → ${PROJECT}/website-release: exactly alice and bob from main of github.com/acme/website`,
    "elsewhere → project-11111111/elsewhere: exactly person-aaaaaaaa from main of github.com/acme/shop",
    `project-wide → ${PROJECT}/project-wide: HAND-WRITTEN, unchanged`,
    "org-wide → shared/org-wide: HAND-WRITTEN, unchanged",
    `dead-end → ${PROJECT}/dead-end: HAND-WRITTEN, unchanged: it trusts another OIDC provider`,
    "high wildcard-past-field",
    "would lose access: everyone who can start a pipeline",
    "nearest grant: everyone who can start a pipeline from any ref of github.com/acme/website",
    "not managed by this project, unchanged: website, CORS",
    ": not adopted: its URL differs from the tokens' issuer, so it accepts no token",
    '+        "aws_iam_role.exact": "exact",',
    "47 to import without changes.\nNext: npm run deploy.",
    "All entries of imports.json are completed.",
    "nothing in AWS changed",
  ])
    expect(demo.said).toContain(line);
  const kept = accessText().split("\n");
  const example = readFileSync(path.join(__dirname, "..", "..", "examples", "adopt", "access.yaml"), "utf8");
  for (const line of example.split("\n").filter((one) => !one.startsWith("projects:")))
    expect(kept).toContain(line);
  const { projects } = readAccess(world.accessFile);
  expect(projects.flatMap(({ roles }) => roles.map(({ name }) => name)).sort()).toEqual(ROLES);
}

async function nothingMoreToAdopt(): Promise<void> {
  const again = succeeded(await adopt("--bucket", "acme-odd"));
  expect(again.stdout).toContain("Nothing to adopt.");
  expect(existsSync(importsFile())).toBe(false);
  const refused = await adopt("--only", "webside-release");
  expect([refused.exitCode, refused.stderr.split("\n").at(-2)]).toEqual([
    2,
    '  → did you mean "website-release"?',
  ]);
}

/** By attribute, before, after and what to write; and a change made by hand in AWS. */
async function changesAreTold(): Promise<void> {
  const text = accessText();
  await world.writeAccess(edited(text, "      exact:", "      plain:"));
  const elsewhere = await adopt("--no-check");
  expect(elsewhere.exitCode).toBe(2);
  expect(elsewhere.stderr).toContain(
    `another state of this project already manages it: ${STACK}/aws_iam_role.exact`,
  );
  await world.writeAccess(text);
  expect(existsSync(importsFile())).toBe(false);
}

/** Terraform forgets and AWS keeps, also where a stack has nothing left. */
async function released(): Promise<void> {
  const ended = succeeded(await adopt("--release", "website-release", "elsewhere", "acme-plain"));
  expect(said(ended)).toMatch(/\b\d+ to forget, which stay in AWS\./);
  expect(accessText()).not.toMatch(/website-release|elsewhere|acme-plain/);
  await world.synth(STACK, "main-project-11111111");
  for (const stack of [STACK, "main-project-11111111"]) await world.apply(stack);
  expect(await snapshot(account, ADOPTED_BUCKETS)).toEqual(before);
  expect((await account.state(STACK)).resources.map(({ name }) => name)).not.toContain("website-release");
  expect((await account.state("main-project-11111111")).resources).toEqual([]);
  succeeded(await adopt("--done"));
  expect(existsSync(importsFile())).toBe(false);
}

/**
 * It is said before Terraform runs, all at once; adopt takes it as it is declared, and tells what
 * that would change.
 */
async function deployOverWhatExists(): Promise<void> {
  await world.writeAccess(
    edited(
      accessText(),
      "    roles:\n      bounded:",
      `    roles:
      release: { people: [alice, bob], branches: [main], name: website-release, path: /ci/prod/, session: 7200, awsTags: { team: web, cost-centre: "42" }, defaultTags: false, description: another }
      other: { people: [alice], branches: [main], name: elsewhere, bucket: acme-plain }
      bounded:`,
    ),
  );
  const refused = await world.ours("deploy", ["--auto-approve", "--output", world.output]);
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain("error[deploy-over-existing]");
  for (const line of [
    `role website-release (would be ${STACK}/aws_iam_role.release)`,
    `role elsewhere (would be ${STACK}/aws_iam_role.other)`,
    `bucket acme-plain (would be ${STACK}/aws_s3_bucket.other_bucket)`,
    "npm run -s oidc -- adopt",
  ])
    expect(said(refused)).toContain(line);
  expect(refused.stdout).toBe("");
  await world.writeAccess(accessText().replace(/^ {6}other: .*\n/m, ""));
  const taken = await adopt("--only", "website-release");
  expect(taken.exitCode).toBe(1);
  expect(said(taken)).toContain("as declared website-release");
  expect(said(taken)).toContain(
    `✗ ${STACK}/aws_iam_role.release: update description: "Releases the website; ask #platform" → "another" → set \`${DESCRIPTION}\``,
  );
  await world.writeAccess(edited(accessText(), "description: another", DESCRIPTION));
  await world.synth(STACK);
  expect(await snapshot(account, ADOPTED_BUCKETS)).toEqual(before);
}

/** While it imports: the next one ends where it should have, with nothing changed in AWS. */
async function deployIsKilled(): Promise<void> {
  const when = putObject("acme-terraform-state", `${STACK}.tfstate`);
  const gate = await openGate(world.sandbox.endpoint, { when, hold: "request" });
  gates.push(gate);
  const apply = ["apply", "-input=false", "-auto-approve"];
  const deploy = world.startTerraform(STACK, apply, { endpoint: gate.endpoint });
  await untilHeld(gate, deploy);
  expect((await deploy.kill()).signal).toBe("SIGKILL");
  await gate.stop();
  succeeded(await world.ours("unlock", [STACK, "--yes"]));
  const deployed = said(succeeded(await world.terraform(STACK, apply)));
  expect(deployed).toContain("Resources: 3 imported, 0 added, 0 changed, 0 destroyed");
  expect(await snapshot(account, ADOPTED_BUCKETS)).toEqual(before);
  expect(succeeded(await adopt("--check")).stdout).toContain("3 already in the state.\nCompleted.");
  succeeded(await adopt("--done"));
  expect(existsSync(importsFile())).toBe(false);
}
