import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { readAccess } from "../../lib/project/read-access";
import { AccountReader } from "./account";
import { snapshot } from "./adopt/snapshot";
import { said, succeeded } from "./ended";
import { type Gate, openGate, putObject } from "./gate";
import { edited } from "./talk";
import { startWorld, untilHeld, type World } from "./world";

jest.setTimeout(400_000);

const BUCKETS = ["acme-hardened", "acme-odd", "acme-plain"];
const ROLES = [
  "bounded",
  "dead-end",
  "elsewhere",
  "exact",
  "loaded",
  "org-wide",
  "pinned",
  "project-wide",
  "tagged",
  "website-release",
  "worded",
];
/** The project that the account's own roles name, by its id. */
const PROJECT = "project-77c2a8e4";
const STACK = `main-${PROJECT}`;

const FILE = `# Ours.
organization:
  id: 6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11
accounts:
  main:
    id: "123456789012"
    region: us-east-1
    state: { bucket: acme-terraform-state }
people:
  alice: 0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01 # the one who releases
  bob: 91d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c02
projects: {} # none yet
`;

let world: World;
let account: AccountReader;
let before: unknown;
const gates: Gate[] = [];

beforeAll(async () => {
  world = await startWorld();
  account = new AccountReader(world.sandbox);
  const script = path.join(__dirname, "adopt", "account.sh");
  succeeded(await world.start(["bash", script], {}).ended);
  await account.s3.send(new CreateBucketCommand({ Bucket: "acme-terraform-state" }));
  await world.writeAccess(FILE);
  before = await snapshot(account, BUCKETS);
});

afterAll(async () => {
  await Promise.all(gates.map((gate) => gate.stop()));
  account?.close();
  await world?.stop();
});

const importsFile = (): string => path.join(world.folder, "imports.json");
const accessText = (): string => readFileSync(world.accessFile, "utf8");
const adopt = (...args: readonly string[]) =>
  world.ours("oidc", ["adopt", "--output", world.output, ...args]);

// One test: each step needs what the one before has left.
test("an account made by hand comes under this project, and leaves it again, without a change to any object in it", async () => {
  await dryRun();
  await adoptAll();
  await checkTellsWhatWouldChange();
  await deployIsKilled();
  await allIsInTheState();
  await released();
  await deployOverExisting();
});

/** A dry run shows a patch and writes nothing. */
async function dryRun(): Promise<void> {
  const { stdout } = succeeded(await adopt("--dry-run", "--bucket", "acme-odd", "--project", "shared"));
  expect(stdout).toContain(`+  ${PROJECT}:`);
  expect(stdout).toContain('+        "aws_iam_role.exact": "exact",');
  expect(accessText()).toBe(FILE);
  expect(existsSync(importsFile())).toBe(false);
}

/** Every shape is understood, written, and comes in without a change; written once, there is nothing more to adopt. */
async function adoptAll(): Promise<void> {
  const ended = succeeded(await adopt("--bucket", "acme-odd", "--project", "shared"));
  for (const line of [
    `exact → ${PROJECT}/exact: exactly alice from main of github.com/acme/website`,
    `worded → ${PROJECT}/worded: exactly alice from main of github.com/acme/website; its own wording is kept`,
    `website-release → ${PROJECT}/website-release: exactly alice, bob from main of github.com/acme/website`,
    "elsewhere → project-11111111/elsewhere: exactly person-aaaaaaaa from main of github.com/acme/shop",
    `project-wide → ${PROJECT}/project-wide: HAND-WRITTEN, kept as it is`,
    "org-wide → shared/org-wide: HAND-WRITTEN, kept as it is",
    "high wildcard-past-field",
    "nothing here manages its website, CORS: left alone",
    "oidc-provider/oidc.circleci.com/org/6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11/: its URL is not written as tokens write their issuer",
    "A deploy imports all of it and changes nothing",
  ])
    expect(said(ended)).toContain(line);
  expect(said(ended)).toMatch(/\b\d+ to import, with no change\. A deploy/);
  // What was in the file before stands where it stood, comments too.
  const kept = accessText().split("\n");
  for (const line of FILE.split("\n").filter((one) => !one.startsWith("projects:")))
    expect(kept).toContain(line);
  expect(
    readAccess(world.accessFile)
      .projects.flatMap(({ roles }) => roles.map(({ name }) => name))
      .sort(),
  ).toEqual(ROLES);
  const again = succeeded(await adopt("--bucket", "acme-odd", "--project", "shared"));
  expect(again.stdout).toContain("Nothing to adopt.");
  expect(await snapshot(account, BUCKETS)).toEqual(before);
}

/** What access.yaml would change of it is told by attribute, before, after and what to write, and is no reason to touch anything. */
async function checkTellsWhatWouldChange(): Promise<void> {
  const text = accessText();
  const spoilt = edited(
    edited(text, 'description: "Releases the website; ask #platform"', "description: another"),
    "          logs: adopted/main/loaded/inline/logs.json\n",
    "",
  );
  await world.writeAccess(spoilt);
  const { exitCode, stdout } = await adopt("--check");
  await world.writeAccess(text);
  // An import without its resource does not even synthesise.
  expect(exitCode).toBe(2);
  expect(stdout).toBe("");
  await world.writeAccess(
    edited(text, 'description: "Releases the website; ask #platform"', "description: another"),
  );
  const checked = await adopt("--check");
  await world.writeAccess(text);
  expect(checked.exitCode).toBe(1);
  expect(said(checked)).toContain(
    `✗ ${STACK}/aws_iam_role.website-release: update description: "Releases the website; ask #platform" → "another"`,
  );
  expect(said(checked)).toContain('→ `description: "Releases the website; ask #platform"`');
}

/** A deploy is killed while it imports; the next one ends where it should have, with nothing changed in AWS. */
async function deployIsKilled(): Promise<void> {
  const gate = await openGate(world.sandbox.endpoint, {
    when: putObject("acme-terraform-state", `${STACK}.tfstate`),
    hold: "request",
  });
  gates.push(gate);
  const deploy = world.startCdktf("deploy", ["*"], { endpoint: gate.endpoint });
  await untilHeld(gate, deploy);
  expect((await deploy.kill()).signal).toBe("SIGKILL");
  await gate.stop();
  succeeded(await world.ours("unlock", [STACK, "--yes"]));
  succeeded(await world.cdktf("deploy", ["*"]));
  expect(await snapshot(account, BUCKETS)).toEqual(before);
}

/** Then all of it is in the state, the imports go, and no stack has anything to do. */
async function allIsInTheState(): Promise<void> {
  const checked = succeeded(await adopt("--check"));
  expect(said(checked)).toMatch(/\b\d+ in the state already\. All of it is done/);
  succeeded(await adopt("--done"));
  expect(existsSync(importsFile())).toBe(false);
  await world.synth();
  for (const stack of ["main-identity", STACK, "main-project-11111111", "main-shared"])
    expect([stack, await world.planHasNoChanges(stack)]).toEqual([stack, true]);
}

/** Released, Terraform forgets and AWS keeps, also where a stack has nothing left. */
async function released(): Promise<void> {
  const ended = succeeded(await adopt("--release", "website-release", "elsewhere", "acme-plain"));
  expect(said(ended)).toMatch(/\b\d+ that Terraform forgets and AWS keeps\. All of it is done/);
  expect(accessText()).not.toMatch(/website-release|elsewhere|acme-plain/);
  await world.synth();
  for (const stack of [STACK, "main-project-11111111"]) await world.apply(stack);
  expect(await snapshot(account, BUCKETS)).toEqual(before);
  expect((await account.state(STACK)).resources.map(({ name }) => name)).not.toContain("website-release");
  expect((await account.state("main-project-11111111")).resources).toEqual([]);
  succeeded(await adopt("--done"));
}

/** A deploy that would create what exists says so before Terraform runs, all at once, and adopt takes it as it is declared. */
async function deployOverExisting(): Promise<void> {
  await world.writeAccess(
    edited(
      accessText(),
      "    roles:\n      bounded:",
      `    roles:
      release: { people: [alice], branches: [main], name: website-release }
      other: { people: [alice], branches: [main], name: elsewhere, bucket: acme-plain }
      bounded:`,
    ),
  );
  const refused = await world.ours("cdktf", ["deploy", "--auto-approve", "--output", world.output]);
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain("error[deploy-over-existing]");
  expect(said(refused)).toContain(`role website-release (would be ${STACK}/aws_iam_role.release)`);
  expect(said(refused)).toContain(`role elsewhere (would be ${STACK}/aws_iam_role.other)`);
  expect(said(refused)).toContain(`bucket acme-plain (would be ${STACK}/aws_s3_bucket.other_bucket)`);
  expect(said(refused)).toContain("npm run -s oidc -- adopt");
  expect(said(refused)).not.toContain("Terraform used the selected providers");
  const taken = await adopt("--no-check", "--only", "website-release");
  expect(said(succeeded(taken))).toContain("as declared website-release");
  expect(JSON.parse(readFileSync(importsFile(), "utf8")).import.main[STACK]).toMatchObject({
    "aws_iam_role.release": "website-release",
  });
  expect(await snapshot(account, BUCKETS)).toEqual(before);
}
