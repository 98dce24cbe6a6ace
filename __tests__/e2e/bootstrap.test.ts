import { AccountReader } from "../../dev/e2e/account";
import { said, succeeded } from "../../dev/e2e/ended";
import { type Gate, type GateOptions, openGate, putObject } from "../../dev/e2e/gate";
import { untilHeld } from "../../dev/e2e/running";
import { startWorld } from "../../dev/e2e/start-world";
import { hardened, managedBucket } from "../../dev/e2e/talk-objects";
import type { World } from "../../dev/e2e/world";

jest.setTimeout(900_000);

const BUCKET = "acme-terraform-state";
const STACK = "main-state";
const LOCK = `${STACK}.tfstate.tflock`;

let world: World;
let account: AccountReader;
let gate: Gate | undefined;

beforeAll(async () => {
  world = await startWorld();
  account = new AccountReader(world.sandbox);
});

afterAll(async () => {
  await gate?.stop();
  account?.close();
  await world?.stop();
});

// One test: each step needs what the one before has left. What a cut at each single call of the
// first half leaves is in __tests__/start/bootstrap. Here the process is killed, again and again.
test("it changes nothing without confirmation; killed during hardening, during the state write, and before the lock is released, it completes when run again", async () => {
  const unconfirmed = await world.ours("bootstrap", ["--account", "main", "--output", world.output]);
  expect(unconfirmed.exitCode).not.toBe(0);
  expect(await account.bucketNames()).toEqual([]);

  await killAt({ when: ({ method, path }) => method === "PUT" && path.includes("?policy"), hold: "request" });
  expect(await account.bucketNames()).toEqual([BUCKET]);
  expect(await account.objects(BUCKET)).toEqual([]);

  await killAt({ when: putObject(BUCKET, `${STACK}.tfstate`), hold: "request" });
  // Nothing was written before the bucket was as safe as it will ever be.
  expect(await account.hardening(BUCKET)).toEqual(hardened(BUCKET));
  expect(await account.objects(BUCKET)).toEqual([LOCK]);
  const locked = await world.bootstrap();
  expect(locked.exitCode).toBe(1);
  expect(said(locked)).toMatch(/Error acquiring the state lock.*npm run unlock -- main-state/);
  succeeded(await world.ours("unlock", [STACK, "--yes"]));

  await killAt({ when: ({ method, path }) => method === "DELETE" && path.includes(LOCK), hold: "request" });
  const { lineage } = await account.state(STACK);
  succeeded(await world.ours("unlock", [STACK, "--yes"]));
  const ended = succeeded(await world.bootstrap());
  expect(said(ended)).toContain(`bucket ${BUCKET} exists`);

  expect(await account.bucket(BUCKET)).toEqual(managedBucket(BUCKET, STACK, 365));
  expect(await account.objects(BUCKET)).toEqual([`${STACK}.tfstate`]);
  const { resources, ...state } = await account.state(STACK);
  expect(state.lineage).toBe(lineage);
  expect(resources).toContainEqual(expect.objectContaining({ type: "aws_s3_bucket" }));
  expect(await world.planHasNoChanges(STACK)).toBe(true);
});

async function killAt(options: GateOptions): Promise<void> {
  gate = await openGate(world.sandbox.endpoint, options);
  const args = ["--account", "main", "--yes", "--output", world.output];
  const running = world.startOurs("bootstrap", args, { endpoint: gate.endpoint });
  await untilHeld(gate, running);
  expect((await running.kill()).signal).toBe("SIGKILL");
  await gate.stop();
}
