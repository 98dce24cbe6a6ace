import { CreateBucketCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { s3Client } from "../../../dev/tools/sandbox-support";
import { checkCaller } from "../../../lib/start/doctor/checks/caller";
import { checkPermissions } from "../../../lib/start/doctor/checks/permissions";
import { checkQuotas } from "../../../lib/start/doctor/checks/quotas";
import { checkStates } from "../../../lib/start/doctor/checks/states";
import { TestSandbox } from "../../dev/sandbox/test-sandbox";
import { aGrant, alice, anAccess, anAccount, aProject, aRole, only, refs } from "../../fixtures/access";

const world = new TestSandbox();
const before = { ...process.env };
let s3: S3Client;

beforeAll(async () => {
  await world.start();
  Object.assign(process.env, world.sandbox.environment);
  s3 = s3Client(world.sandbox);
});

afterAll(async () => {
  process.env = before;
  s3?.destroy();
  await world.stop();
});

const access = anAccess();
const [account = anAccount()] = access.accounts;
const inFile = (differences: Parameters<typeof anAccount>[0]) => {
  const other = anAccount(differences);
  const roles = [aRole({ account: other })];
  return { other, file: anAccess({ accounts: [other], projects: [aProject({ roles })] }) };
};

describe("credentials", () => {
  test("of an account in access.yaml are good, and so is a correct clock", async () => {
    const { caller, results } = await checkCaller(access, undefined);
    expect(caller?.account.key).toBe("main");
    expect(results.map(({ what, state }) => `${what} ${state}`)).toEqual([
      "credentials good",
      "account good",
      "clock good",
    ]);
  });

  test("of another account are wrong, and no other check uses them", async () => {
    const { caller, results } = await checkCaller(inFile({ id: "210987654321" }).file, undefined);
    expect(caller).toBeUndefined();
    expect(results[0]).toMatchObject({ what: "credentials", state: "wrong" });
    expect(results[0]?.detail).toContain("123456789012");
  });

  test("without a connection to AWS the network is named, not the credentials", async () => {
    const endpoint = process.env.AWS_ENDPOINT_URL;
    process.env.AWS_ENDPOINT_URL = "http://127.0.0.1:9";
    try {
      const { caller, results } = await checkCaller(access, undefined);
      expect(caller).toBeUndefined();
      expect(results).toEqual([
        expect.objectContaining({
          what: "AWS",
          state: "wrong",
          detail: expect.stringContaining("cannot reach AWS STS"),
          fix: expect.stringContaining("network connection"),
        }),
      ]);
    } finally {
      process.env.AWS_ENDPOINT_URL = endpoint;
    }
  });

  test("a clock that is minutes off is a warning before AWS rejects its requests", async () => {
    const now = jest.spyOn(Date, "now").mockReturnValue(Date.now() + 120_000);
    const { results } = await checkCaller(access, undefined);
    now.mockRestore();
    expect(results.find(({ what }) => what === "clock")).toMatchObject({ state: "wrong", isHarmless: true });
  });
});

test("the state bucket: absent, present, and with a stack that a killed deploy left locked", async () => {
  const { other, file } = inFile({ stateBucket: "acme-doctor-states" });
  const look = () => checkStates(file, other);
  expect(await look()).toEqual([
    expect.objectContaining({ state: "wrong", fix: "npm run bootstrap -- --account main" }),
  ]);
  await s3.send(new CreateBucketCommand({ Bucket: other.stateBucket }));
  expect((await look()).map(({ state }) => state)).toEqual(["good", "good"]);
  const lock = { ID: "1", Operation: "OperationTypeApply", Who: "ci@host", Created: "2026-01-01T00:00:00Z" };
  const Key = "main-website.tfstate.tflock";
  await s3.send(new PutObjectCommand({ Bucket: other.stateBucket, Key, Body: JSON.stringify(lock) }));
  expect((await look()).at(-1)).toMatchObject({
    what: "state locks",
    state: "wrong",
    fix: "npm run unlock -- main-website",
    detail: "main-website has been locked by ci@host since 2026-01-01T00:00:00Z",
  });
});

describe("the account's quotas", () => {
  test("fit the file", async () => {
    const results = await checkQuotas(access, account);
    expect(results.map(({ what, state }) => `${what} ${state}`)).toEqual([
      "roles good",
      "providers good",
      "trust policies good",
    ]);
    expect(results.at(-1)?.detail).toMatch(/^longest: \d+ of 2048 characters$/);
  });

  test("a trust policy longer than the account allows, whatever the file's quota says", async () => {
    const branches = Array.from({ length: 30 }, (_, at) => `release/${at}-of-a-long-name`);
    const raised = anAccount({ trustPolicyQuota: 8_192 });
    const grant = aGrant({ people: only(alice), refs: refs({ branches }) });
    const long = anAccess({
      accounts: [raised],
      projects: [aProject({ roles: [aRole({ account: raised, grant })] })],
    });
    expect((await checkQuotas(long, raised)).at(-1)).toMatchObject({
      what: "trust policies",
      state: "wrong",
      fix: expect.stringContaining("accounts.main.trustPolicyQuota to 2048"),
    });
  });
});

test("permissions that cannot be simulated are unknown", async () => {
  const [found] = await checkPermissions(access, account, "arn:aws:iam::123456789012:root");
  expect(found).toMatchObject({ what: "permissions", state: "unknown" });
});
