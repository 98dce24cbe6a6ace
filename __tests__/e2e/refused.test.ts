import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { AccountReader } from "../../dev/e2e/account";
import { said, succeeded } from "../../dev/e2e/ended";
import { startWorld } from "../../dev/e2e/start-world";
import { edited, talk } from "../../dev/e2e/talk";
import { deployRole, managedBucket } from "../../dev/e2e/talk-objects";
import type { World } from "../../dev/e2e/world";

jest.setTimeout(900_000);

const STACK = "main-website";
const NOT_OURS = "999999999999";

let world: World;
let account: AccountReader;

beforeAll(async () => {
  world = await startWorld();
  account = new AccountReader(world.sandbox);
});

afterAll(async () => {
  account?.close();
  await world?.stop();
});

// Each test begins as a new clone.
beforeEach(() => rm(world.output, { recursive: true, force: true }));

test("bootstrap, the state backend and the provider each reject a wrong account, and nothing is created in it", async () => {
  const before = await everything();
  await world.writeAccess(edited(await talk(), "123456789012", NOT_OURS));
  const bootstrapped = await world.bootstrap();
  expect(bootstrapped.exitCode).toBe(1);
  expect(said(bootstrapped)).toMatch(/error\[wrong-account\].*123456789012.*999999999999/);

  await world.synth();
  const initialised = await world.terraform(STACK, ["init", "-input=false"]);
  expect(initialised.exitCode).toBe(1);
  expect(said(initialised)).toContain("AWS account ID not allowed: 123456789012");

  // The provider by itself, as if the state were elsewhere.
  const localState = JSON.stringify({ terraform: { backend: { local: {} } } });
  await writeFile(path.join(world.stackFolder(STACK), "backend_override.tf.json"), localState);
  succeeded(await world.terraform(STACK, ["init", "-input=false", "-reconfigure"]));
  const applied = await world.terraform(STACK, ["apply", "-input=false", "-auto-approve"]);
  expect(applied.exitCode).toBe(1);
  expect(said(applied)).toContain("AWS account ID not allowed: 123456789012");
  expect(await everything()).toEqual(before);
});

test("destroy fails while a bucket is protected; with forceDestroy the bucket is deleted with its objects", async () => {
  await account.s3.send(new CreateBucketCommand({ Bucket: "acme-terraform-state" }));
  await world.writeAccess(await talk());
  await world.synth(STACK);
  await world.apply(STACK);
  await account.s3.send(new PutObjectCommand({ Bucket: "acme-website", Key: "index.html", Body: "hello" }));

  const alone = [STACK, "--ignore-missing-stack-dependencies"];
  const refused = await world.cdktf("destroy", alone);
  expect(refused.exitCode).toBe(1);
  expect(said(refused)).toContain("Instance cannot be destroyed");
  expect(await account.bucket("acme-website")).toEqual(managedBucket("acme-website", STACK, 30));
  expect(await account.text("acme-website", "index.html")).toBe("hello");
  expect(await account.role("website-deploy")).toEqual(deployRole);

  const bothFree = ["acme-website-preview", "acme-website"].reduce(
    (text, name) => edited(text, `bucket: ${name} }`, `bucket: { name: ${name}, forceDestroy: true } }`),
    await talk(),
  );
  await world.writeAccess(bothFree);
  await world.synth(STACK);
  await world.apply(STACK);
  succeeded(await world.cdktf("destroy", alone));
  expect(await account.roleNames()).toEqual([]);
  expect(await account.bucketNames()).toEqual(["acme-terraform-state"]);
});

async function everything() {
  return [await account.roleNames(), await account.bucketNames(), await account.providers()];
}
