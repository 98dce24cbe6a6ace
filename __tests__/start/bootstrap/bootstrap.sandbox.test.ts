import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { AccountReader } from "../../../dev/e2e/account";
import { hardened } from "../../../dev/e2e/talk-objects";
import { type Sandbox, startSandbox } from "../../../dev/sandbox/sandbox";
import { ask } from "../../../dev/tools/sandbox-support";
import { bootstrap } from "../../../lib/start/bootstrap/bootstrap";
import { anAccount } from "../../fixtures/access";
import { type Cutter, openCutter } from "./cutter";

const BUCKET = "acme-terraform-state";
const own = { ...process.env };

let sandbox: Sandbox;
let account: AccountReader;
let cutter: Cutter;
let said: string[];
let deployed: string[];

beforeAll(async () => {
  sandbox = await startSandbox();
  account = new AccountReader(sandbox);
});

afterAll(async () => {
  account?.close();
  await sandbox?.stop();
});

beforeEach(async () => {
  cutter = await openCutter(sandbox.endpoint);
  const { environment } = sandbox;
  Object.assign(process.env, environment, { AWS_ENDPOINT_URL: cutter.endpoint, AWS_MAX_ATTEMPTS: "1" });
  said = [];
  deployed = [];
});

afterEach(async () => {
  process.env = { ...own };
  await cutter.stop();
  await account.removeBucket(BUCKET);
});

const host = {
  say: (line: string) => said.push(line),
  confirm: async () => true,
  deploy: async (stack: string) => {
    deployed.push(stack);
    return 0;
  },
};

test("asks for confirmation, then creates, hardens and deploys, in this order", async () => {
  let before: readonly string[] = ["not asked"];
  const confirm = async () => {
    before = await account.bucketNames();
    return true;
  };
  expect(await bootstrap(anAccount(), { ...host, confirm })).toBe(true);
  expect(before).toEqual([]);
  expect(said.join("\n")).toMatch(/123456789012.*\n.*\n.*create bucket acme-terraform-state.*\n.*main-state/);
  expect(await account.hardening(BUCKET)).toEqual(hardened(BUCKET));
  expect(deployed).toEqual(["main-state"]);
});

test("changes nothing if the confirmation is refused", async () => {
  expect(await bootstrap(anAccount(), { ...host, confirm: async () => false })).toBe(false);
  expect(await account.bucketNames()).toEqual([]);
  expect(deployed).toEqual([]);
});

test("creates the bucket in the account's region", async () => {
  await bootstrap(anAccount({ region: "eu-central-1" }), host);
  const { headers } = await ask(sandbox.endpoint, "HEAD", `/${BUCKET}`);
  expect(headers["x-amz-bucket-region"]).toBe("eu-central-1");
});

test("a run that was interrupted at any call, before or after AWS handled it, can be repeated", async () => {
  await bootstrap(anAccount(), host);
  const calls = cutter.calls();
  expect(calls).toBeGreaterThan(6);
  for (let call = 1; call <= calls; call += 1) {
    for (const when of ["before", "after"] as const) {
      await account.removeBucket(BUCKET);
      deployed = [];
      cutter.cut(call, when);
      await expect(bootstrap(anAccount(), host)).rejects.toThrow();
      expect(deployed).toEqual([]);
      cutter.heal();
      expect(await bootstrap(anAccount(), host)).toBe(true);
      expect(await account.hardening(BUCKET)).toEqual(hardened(BUCKET));
      expect(deployed).toEqual(["main-state"]);
    }
  }
});

test("a deploy that fails fails the bootstrap", async () => {
  await expect(bootstrap(anAccount(), { ...host, deploy: async () => 1 })).rejects.toMatchObject({
    code: "state-stack-not-deployed",
    found: "1",
    fix: expect.stringContaining("npm run unlock -- main-state"),
  });
});

test("credentials of another account are refused before the bucket is asked for", async () => {
  const foreign = anAccount({ id: "999999999999" });
  await expect(bootstrap(foreign, host)).rejects.toMatchObject({
    code: "wrong-account",
    found: "123456789012",
  });
  expect(cutter.calls()).toBe(1);
  expect(await account.bucketNames()).toEqual([]);
});

test.each([
  [403, "state-bucket-not-ours"],
  [301, "state-bucket-elsewhere"],
  [400, "state-bucket-unreadable"],
])("a bucket for which S3 answers %i is not touched: %s", async (status, code) => {
  cutter.answer("HEAD", status);
  await expect(bootstrap(anAccount(), host)).rejects.toMatchObject({ code });
  expect(await account.bucketNames()).toEqual([]);
  expect(deployed).toEqual([]);
});

describe("a bucket that already exists", () => {
  beforeEach(async () => {
    await account.s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  });

  test("is hardened if none of its settings would be replaced", async () => {
    expect(await bootstrap(anAccount(), host)).toBe(true);
    expect(said.join("\n")).toContain(`bucket ${BUCKET} exists`);
    expect(await account.hardening(BUCKET)).toEqual(hardened(BUCKET));
  });

  test("in another region is rejected", async () => {
    await expect(bootstrap(anAccount({ region: "eu-west-1" }), host)).rejects.toMatchObject({
      code: "state-bucket-elsewhere",
      found: "us-east-1",
    });
  });

  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Deny", Principal: "*", Action: "s3:DeleteBucket", Resource: `arn:aws:s3:::${BUCKET}` },
    ],
  });
  const lifecycle = {
    Rules: [{ ID: "theirs", Status: "Enabled" as const, Filter: { Prefix: "" }, Expiration: { Days: 1 } }],
  };
  const encryption = {
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" as const } }],
  };

  test.each([
    [
      "a bucket policy",
      (s3: S3Client) => s3.send(new PutBucketPolicyCommand({ Bucket: BUCKET, Policy: policy })),
    ],
    [
      "lifecycle rules",
      (s3: S3Client) =>
        s3.send(
          new PutBucketLifecycleConfigurationCommand({ Bucket: BUCKET, LifecycleConfiguration: lifecycle }),
        ),
    ],
    [
      "encryption with a KMS key",
      (s3: S3Client) =>
        s3.send(
          new PutBucketEncryptionCommand({ Bucket: BUCKET, ServerSideEncryptionConfiguration: encryption }),
        ),
    ],
  ])("with %s is rejected, and not changed", async (what, set) => {
    await set(account.s3);
    const calls = cutter.writes();
    await expect(bootstrap(anAccount(), host)).rejects.toMatchObject({
      code: "state-bucket-in-use",
      found: what,
    });
    expect(cutter.writes()).toBe(calls);
    expect(deployed).toEqual([]);
  });
});
