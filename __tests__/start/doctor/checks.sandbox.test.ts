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
  test("of an account of the file are good, and say which; so is a clock that is right", async () => {
    const { caller, results } = await checkCaller(access, undefined);
    expect(caller?.account.key).toBe("main");
    expect(results.map(({ what, state }) => `${what} ${state}`)).toEqual([
      "credentials good",
      "account good",
      "clock good",
    ]);
  });

  test("of another account are wrong, and nothing further is asked with them", async () => {
    const { caller, results } = await checkCaller(inFile({ id: "210987654321" }).file, undefined);
    expect(caller).toBeUndefined();
    expect(results[0]).toMatchObject({ what: "credentials", state: "wrong" });
    expect(results[0]?.detail).toContain("123456789012");
  });

  test("a clock that is minutes off is told before AWS refuses what it signs", async () => {
    const now = jest.spyOn(Date, "now").mockReturnValue(Date.now() + 120_000);
    const { results } = await checkCaller(access, undefined);
    now.mockRestore();
    expect(results.find(({ what }) => what === "clock")).toMatchObject({ state: "wrong", isHarmless: true });
  });
});

test("the state bucket: not there, there, and a state that a killed deploy has locked", async () => {
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
    detail: "main-website is locked by ci@host since 2026-01-01T00:00:00Z",
  });
});

describe("quotas, as the account has them", () => {
  test("what the file has fits", async () => {
    const results = await checkQuotas(access, account);
    expect(results.map(({ what, state }) => `${what} ${state}`)).toEqual([
      "roles good",
      "providers good",
      "trust policies good",
    ]);
    expect(results.at(-1)?.detail).toMatch(/^\d+ characters at most, of 2048$/);
  });

  test("a trust policy that the file believes to fit, and the account does not", async () => {
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

test("permissions that cannot be simulated are unknown, and never good", async () => {
  const [found] = await checkPermissions(access, account, "arn:aws:iam::123456789012:root");
  expect(found).toMatchObject({ what: "permissions", state: "unknown" });
});
