import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { AccountReader } from "./account";
import { type Gate, type GateOptions, openGate, putObject } from "./gate";
import { hardened, managedBucket } from "./talk-objects";
import { said, startWorld, succeeded, untilHeld, type World } from "./world";

jest.setTimeout(300_000);

const BUCKET = "acme-terraform-state";
const STACK = "main-state";

let world: World;
let account: AccountReader;
let gate: Gate | undefined;

beforeEach(async () => {
  world = await startWorld();
  account = new AccountReader(world.sandbox);
});

afterEach(async () => {
  await gate?.stop();
  gate = undefined;
  account?.close();
  await world?.stop();
});

// What a cut at each single call of the first half leaves is in __tests__/bootstrap.
test("killed while it hardens the bucket, it ends in the same place when it is run again", async () => {
  await killAt({ when: ({ method, path }) => method === "PUT" && path.includes("?policy"), hold: "request" });
  expect(await account.bucketNames()).toEqual([BUCKET]);
  expect(await account.objects(BUCKET)).toEqual([]);
  succeeded(await world.bootstrap());
  await expectDone();
});

test("killed when Terraform holds the lock, it names the lock, and ends in the same place when that is taken away", async () => {
  await killAt({ when: putObject(BUCKET, `${STACK}.tfstate`), hold: "request" });
  // Nothing was written before the bucket was as safe as it will ever be.
  expect(await account.hardening(BUCKET)).toEqual(hardened(BUCKET));
  expect(await account.objects(BUCKET)).toEqual([`${STACK}.tfstate.tflock`]);
  const locked = await world.bootstrap();
  expect(locked.exitCode).toBe(1);
  expect(said(locked)).toMatch(/Error acquiring the state lock.*npm run unlock -- main-state/);
  succeeded(await world.ours("unlock", [STACK, "--yes"]));
  succeeded(await world.bootstrap());
  await expectDone();
});

test("killed when the state is written and the lock not yet gone, it ends in the same place", async () => {
  const lock = `${STACK}.tfstate.tflock`;
  await killAt({ when: ({ method, path }) => method === "DELETE" && path.includes(lock), hold: "request" });
  const { lineage } = await account.state(STACK);
  succeeded(await world.ours("unlock", [STACK, "--yes"]));
  succeeded(await world.bootstrap());
  await expectDone();
  expect((await account.state(STACK)).lineage).toBe(lineage);
});

test("a bucket that somebody has made by hand is taken in and made safe", async () => {
  await account.s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  const ended = succeeded(await world.bootstrap());
  expect(said(ended)).toContain(`bucket ${BUCKET} is there`);
  await expectDone();
});

test("without a yes nothing is changed", async () => {
  const ended = await world.ours("bootstrap", ["--account", "main", "--output", world.output]);
  expect(ended.exitCode).not.toBe(0);
  expect(await account.bucketNames()).toEqual([]);
});

async function killAt(options: GateOptions): Promise<void> {
  gate = await openGate(world.sandbox.endpoint, options);
  const args = ["--account", "main", "--yes", "--output", world.output];
  const running = world.startOurs("bootstrap", args, { endpoint: gate.endpoint });
  await untilHeld(gate, running);
  expect((await running.kill()).signal).toBe("SIGKILL");
  await gate.stop();
}

/** The same place, however it was reached. */
async function expectDone(): Promise<void> {
  expect(await account.bucket(BUCKET)).toEqual(managedBucket(BUCKET, STACK, 365));
  expect(await account.objects(BUCKET)).toEqual([`${STACK}.tfstate`]);
  const { resources } = await account.state(STACK);
  expect(resources).toContainEqual(expect.objectContaining({ type: "aws_s3_bucket" }));
  expect(await world.planHasNoChanges(STACK)).toBe(true);
}
