import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { AccountReader } from "../../../dev/e2e/account";
import { type Sandbox, startSandbox } from "../../../dev/sandbox/sandbox";
import { unlock } from "../../../lib/start/unlock/unlock";
import { anAccess, anAccount } from "../../fixtures/access";
import { openCutter } from "../bootstrap/cutter";

const BUCKET = "acme-terraform-state";
const KEY = "main-website.tfstate.tflock";
const own = { ...process.env };

let sandbox: Sandbox;
let account: AccountReader;
let said: string[];

beforeAll(async () => {
  sandbox = await startSandbox();
  account = new AccountReader(sandbox);
  Object.assign(process.env, sandbox.environment);
  await account.s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
});

afterAll(async () => {
  process.env = own;
  account?.close();
  await sandbox?.stop();
});

beforeEach(async () => {
  said = [];
  await account.remove(BUCKET, KEY);
});

const yes = { say: (line: string) => said.push(line), confirm: async () => true };

/** What Terraform 1.11 writes. */
function lock(id: string): string {
  return JSON.stringify({
    ID: id,
    Operation: "OperationTypeApply",
    Info: "",
    Who: "carol@laptop",
    Version: "1.11.4",
    Created: "2026-08-01T10:00:00Z",
    Path: `${BUCKET}/main-website.tfstate`,
  });
}

function write(body: string) {
  return account.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Body: body }));
}

test("shows the lock and removes it after a confirmation", async () => {
  await write(lock("one"));
  let shown = "";
  const confirm = async () => {
    shown = said.join("\n");
    return true;
  };
  expect(await unlock(anAccess(), "main-website", { ...yes, confirm })).toBe(true);
  expect(shown).toContain(
    "main-website is locked by carol@laptop since 2026-08-01T10:00:00Z (OperationTypeApply, lock one)",
  );
  expect(await account.objects(BUCKET)).toEqual([]);
});

test("keeps the lock if the confirmation is refused", async () => {
  await write(lock("one"));
  expect(await unlock(anAccess(), "main-website", { ...yes, confirm: async () => false })).toBe(false);
  expect(await account.objects(BUCKET)).toEqual([KEY]);
});

test("keeps a lock that another run acquired during the confirmation", async () => {
  await write(lock("one"));
  const confirm = async () => {
    await write(lock("two"));
    return true;
  };
  await expect(unlock(anAccess(), "main-website", { ...yes, confirm })).rejects.toMatchObject({
    code: "lock-changed",
    found: "two",
  });
  expect(await account.objects(BUCKET)).toEqual([KEY]);
});

test("succeeds if the lock is released during the confirmation, and if there is none", async () => {
  await write(lock("one"));
  const confirm = async () => {
    await account.remove(BUCKET, KEY);
    return true;
  };
  expect(await unlock(anAccess(), "main-website", { ...yes, confirm })).toBe(true);
  expect(await unlock(anAccess(), "main-website", yes)).toBe(true);
  expect(said.at(-1)).toBe("main-website is not locked.");
});

test.each([["{}"], ["not json"], ['{"ID":1,"Operation":"x","Who":"x","Created":"x"}']])(
  "keeps an object that Terraform did not write: %s",
  async (body) => {
    await write(body);
    await expect(unlock(anAccess(), "main-website", yes)).rejects.toMatchObject({ code: "unreadable-lock" });
    expect(await account.objects(BUCKET)).toEqual([KEY]);
  },
);

test("says what to do without a state bucket, and without permission to read it", async () => {
  const elsewhere = anAccess({ accounts: [anAccount({ stateBucket: "never-bootstrapped" })] });
  await expect(unlock(elsewhere, "main-state", yes)).rejects.toMatchObject({
    code: "state-bucket-missing",
    found: "never-bootstrapped",
    fix: expect.stringContaining("npm run bootstrap -- --account main"),
  });
  await write(lock("one"));
  const cutter = await openCutter(sandbox.endpoint);
  process.env.AWS_ENDPOINT_URL = cutter.endpoint;
  cutter.answer("GET", 403);
  try {
    await expect(unlock(anAccess(), "main-website", yes)).rejects.toMatchObject({
      code: "state-bucket-refused",
      found: BUCKET,
    });
  } finally {
    process.env.AWS_ENDPOINT_URL = sandbox.endpoint;
    await cutter.stop();
  }
  expect(await account.objects(BUCKET)).toEqual([KEY]);
});

test("refuses an unknown stack and credentials of another account", async () => {
  await expect(unlock(anAccess(), "main-websit", yes)).rejects.toMatchObject({
    code: "unknown-stack",
    exitCode: 2,
  });
  const foreign = anAccess({ accounts: [anAccount({ id: "999999999999" })] });
  await expect(unlock(foreign, "main-state", yes)).rejects.toMatchObject({ code: "wrong-account" });
});
