import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { AccountReader } from "../../dev/e2e/account";
import { said, succeeded } from "../../dev/e2e/ended";
import { type Gate, iamCall, openGate } from "../../dev/e2e/gate";
import { untilHeld } from "../../dev/e2e/running";
import { startWorld } from "../../dev/e2e/start-world";
import { edited, talk } from "../../dev/e2e/talk";
import { deployRole, previewRole } from "../../dev/e2e/talk-objects";
import type { World } from "../../dev/e2e/world";

jest.setTimeout(900_000);

const STACK = "main-website";
const BOB = "91d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c02";

let world: World;
let account: AccountReader;
const gates: Gate[] = [];

beforeAll(async () => {
  world = await startWorld();
  account = new AccountReader(world.sandbox);
  await account.s3.send(new CreateBucketCommand({ Bucket: "acme-terraform-state" }));
  await world.synth(STACK);
});

afterAll(async () => {
  await Promise.all(gates.map((gate) => gate.stop()));
  account?.close();
  await world?.stop();
});

// One test: what the second kill needs is what the first has left.
test("a killed deploy leaves its lock; unlock removes it, and the next deploy completes the change", async () => {
  // The first deploy ever, killed when AWS has made a role of which Terraform never hears.
  await killWhileHeld("CreateRole", "website-deploy", "reply");
  expect(await account.roleNames()).toContain("website-deploy");
  await expectLocked();
  await unlock();
  const already = await world.terraform(STACK, ["apply", "-input=false", "-auto-approve"]);
  expect(already.exitCode).toBe(1);
  expect(said(already)).toMatch(/EntityAlreadyExists|BucketAlready/);
  // docs/operations.md: what exists and is not in the state is imported, by the address that
  // Terraform names.
  for (let more = already; more.exitCode !== 0; ) {
    const missed = orphans(said(more));
    expect(missed).not.toEqual([]);
    for (const [address, id] of missed)
      succeeded(await world.ours("terraform", [STACK, "import", address, id]));
    more = await world.terraform(STACK, ["apply", "-input=false", "-auto-approve"]);
  }
  expect(await account.role("website-deploy")).toEqual(deployRole);
  expect(await account.role("website-preview")).toEqual(previewRole);

  // A change, killed before AWS has heard of it.
  await world.writeAccess(edited(await talk(), "publishers: [alice]", "publishers: [bob]"));
  await world.synth(STACK);
  await killWhileHeld("UpdateAssumeRolePolicy", "website-deploy", "request");
  expect(await account.role("website-deploy")).toEqual(deployRole);
  await expectLocked();
  await unlock();
  // The change and no other: the recovery above has left nothing to do.
  const changed = said(await world.apply(STACK));
  expect(changed).toContain("Resources: 0 added, 1 changed, 0 destroyed");
  expect(JSON.stringify((await account.role("website-deploy")).trust)).toContain(`/user/${BOB}/`);
  expect(await world.planHasNoChanges(STACK)).toBe(true);
  expect(await account.objects("acme-terraform-state")).toEqual([`${STACK}.tfstate`]);
});

async function killWhileHeld(action: string, role: string, hold: "request" | "reply"): Promise<void> {
  const gate = await openGate(world.sandbox.endpoint, { when: iamCall(action, role), hold });
  gates.push(gate);
  // One call at a time: the fewer things are made before the held one, the fewer have to be
  // imported.
  const args = ["apply", "-input=false", "-auto-approve", "-parallelism=1"];
  const apply = world.startTerraform(STACK, args, { endpoint: gate.endpoint });
  await untilHeld(gate, apply);
  expect((await apply.kill()).signal).toBe("SIGKILL");
}

async function expectLocked(): Promise<void> {
  const refused = await world.terraform(STACK, ["apply", "-input=false", "-auto-approve"]);
  expect(refused.exitCode).toBe(1);
  expect(said(refused)).toContain("Error acquiring the state lock");
}

async function unlock(): Promise<void> {
  const ended = succeeded(await world.ours("unlock", [STACK, "--yes"]));
  expect(said(ended)).toMatch(/main-website is locked by \S+@\S+ since \S+ \(OperationTypeApply, lock /);
  expect(said(ended)).toContain("main-website is unlocked");
}

/**
 * What Terraform could not create because it is there: address and import id (facts.md,
 * "Importing").
 */
function orphans(text: string): readonly (readonly [string, string])[] {
  const found = [
    ...text.matchAll(/(?:Role|Bucket) \(([^)]+)\):.*?(?:EntityAlreadyExists|BucketAlready).*? with (\S+?),/g),
  ];
  return found.map(([, id = "", address = ""]) => [address, id]);
}
