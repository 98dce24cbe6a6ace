import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { checkClaims } from "../../../dev/demo/account/check-claims";
import { readBack } from "../../../dev/demo/account/read-back";
import { AccountReader } from "../../../dev/e2e/account";
import { type Sandbox, startSandbox } from "../../../dev/sandbox/sandbox";
import { bootstrap } from "../../../lib/start/bootstrap/bootstrap";
import { anAccess, anAccount } from "../../fixtures/access";
import { ALICE_ON_MAIN, trust } from "./live";

const own = { ...process.env };
let sandbox: Sandbox;
let account: AccountReader;

beforeAll(async () => {
  sandbox = await startSandbox();
  account = new AccountReader(sandbox);
  Object.assign(process.env, sandbox.environment);
});

afterAll(async () => {
  process.env = own;
  account?.close();
  await sandbox?.stop();
});

function connection() {
  const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "", AWS_REGION = "" } = sandbox.environment;
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  return { endpoint: sandbox.endpoint, region: AWS_REGION, credentials };
}

test("a bucket is read with all settings or with none, and a missing one is a failed claim, not an error", async () => {
  const quiet = { say: () => undefined, confirm: async () => true, deploy: async () => 0 };
  await bootstrap(anAccount(), quiet);
  await account.s3.send(
    new PutObjectCommand({ Bucket: "acme-terraform-state", Key: "a.tfstate", Body: "{}" }),
  );
  await account.s3.send(new CreateBucketCommand({ Bucket: "bare" }));
  const live = await readBack(connection());
  expect(live.buckets).toEqual([
    {
      name: "acme-terraform-state",
      publicAccessBlocked: true,
      versioned: true,
      encryption: "AES256",
      policy: expect.stringContaining("aws:SecureTransport"),
      objects: ["a.tfstate"],
    },
    {
      name: "bare",
      publicAccessBlocked: false,
      versioned: false,
      encryption: "none",
      policy: "",
      objects: [],
    },
  ]);
  const wrong = checkClaims(anAccess({ projects: [] }), live);
  expect(wrong).toContain("bucket bare is not private, versioned, encrypted and TLS only");
  expect(wrong).not.toContain(
    "bucket acme-terraform-state is not private, versioned, encrypted and TLS only",
  );
});

test("a role is read with its trust policy as text and its inline policies by name", async () => {
  await account.iam.send(
    new CreateRoleCommand({ RoleName: "r", AssumeRolePolicyDocument: trust(ALICE_ON_MAIN) }),
  );
  const document = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:ListBucket", Resource: "*" }],
  });
  await account.iam.send(
    new PutRolePolicyCommand({ RoleName: "r", PolicyName: "p", PolicyDocument: document }),
  );
  const { roles } = await readBack(connection());
  expect(roles).toEqual([
    {
      name: "r",
      arn: "arn:aws:iam::123456789012:role/r",
      trust: trust(ALICE_ON_MAIN),
      inlinePolicies: ["p"],
    },
  ]);
});
