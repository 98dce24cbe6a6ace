import path from "node:path";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { AccountReader } from "../../dev/e2e/account";
import { said, succeeded } from "../../dev/e2e/ended";
import { type Gate, iamCall, openGate } from "../../dev/e2e/gate";
import { untilHeld } from "../../dev/e2e/running";
import { startWorld } from "../../dev/e2e/start-world";
import { deployRole, previewRole } from "../../dev/e2e/talk-objects";
import type { World } from "../../dev/e2e/world";

jest.setTimeout(900_000);

/** Only this one: cdktf wants the identity stack deployed along with it otherwise. */
const ALONE = ["main-website", "--ignore-missing-stack-dependencies"];
const STACK = "main-website";
const LOCK = `${STACK}.tfstate.tflock`;

let world: World;
let account: AccountReader;
let gate: Gate | undefined;

beforeAll(async () => {
  world = await startWorld();
  account = new AccountReader(world.sandbox);
  await account.s3.send(new CreateBucketCommand({ Bucket: "acme-terraform-state" }));
});

afterAll(async () => {
  await gate?.stop();
  account?.close();
  await world?.stop();
});

test("two concurrent deploys: the second stops with the lock message, and the first completes", async () => {
  gate = await openGate(world.sandbox.endpoint, {
    when: iamCall("CreateRole", "website-deploy"),
    hold: "reply",
  });
  const first = world.startCdktf("deploy", ALONE, { env: { AWS_ENDPOINT_URL: gate.endpoint } });
  await untilHeld(gate, first);
  expect(await account.objects("acme-terraform-state")).toContain(LOCK);

  // From another clone: an output folder of its own.
  const second = await world.startCdktf("deploy", ALONE, { output: path.join(world.folder, "second") }).ended;
  expect(second.exitCode).toBe(1);
  expect(said(second)).toMatch(
    /Error acquiring the state lock .* Path: acme-terraform-state\/main-website\.tfstate .* Who: \S+@\S+/,
  );
  expect(await account.objects("acme-terraform-state")).toContain(LOCK);

  gate.release();
  expect(said(succeeded(await first.ended))).toMatch(/Resources: \d+ added, 0 changed, 0 destroyed/);
  expect(await account.objects("acme-terraform-state")).toEqual([`${STACK}.tfstate`]);
  expect(await account.role("website-deploy")).toEqual(deployRole);
  expect(await account.role("website-preview")).toEqual(previewRole);
  expect(await world.planHasNoChanges(STACK)).toBe(true);
});
