import { DeleteRoleCommand, DeleteRolePolicyCommand, TagRoleCommand } from "@aws-sdk/client-iam";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import { ask } from "../../../../dev/tools/sandbox-support";
import { outcome, policy, roleArn, type SessionKeys, sessionOf, TestSandbox } from "../test-sandbox";

/** Role chaining: a session of `deploy` assumes other roles. */
const world = new TestSandbox();
const ROOT = "arn:aws:iam::123456789012:root";
const SESSION = "arn:aws:sts::123456789012:assumed-role/deploy/alice";
const mayAssume = (...roles: readonly string[]) =>
  policy({ Effect: "Allow", Action: "sts:AssumeRole", Resource: roles.map(roleArn) });
const trusting = (principal: object, condition?: object) => ({
  trust: {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: principal,
        ...(condition === undefined ? {} : { Condition: condition }),
      },
    ],
  },
});
const writesOwn = policy({ Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::assets/*" });
let deploy: SessionKeys;

beforeAll(async () => {
  await world.start();
  const listed = ["publish", "trusts-other", "external", "long", "missing", "by-session"];
  const arn = await world.createRole("deploy", mayAssume(...listed));
  deploy = sessionOf(await world.assume(arn));
  await world.createRole("publish", writesOwn, trusting({ AWS: ROOT }));
  await world.createRole("unlisted", writesOwn, trusting({ AWS: ROOT }));
  await world.createRole("trusts-other", writesOwn, trusting({ AWS: roleArn("publish") }));
  await world.createRole("by-role", writesOwn, trusting({ AWS: arn }));
  await world.createRole(
    "external",
    writesOwn,
    trusting({ AWS: ROOT }, { StringEquals: { "sts:ExternalId": "42" } }),
  );
  await world.createRole(
    "by-session",
    writesOwn,
    trusting({ AWS: ROOT }, { StringEquals: { "sts:RoleSessionName": "from-alice" } }),
  );
  await world.createRole("long", writesOwn, { ...trusting({ AWS: ROOT }), MaxSessionDuration: 43_200 });
  await ask(world.sandbox.endpoint, "PUT", "/assets");
});
afterAll(() => world.stop());

async function assumeWith(keys: SessionKeys, role: string, input: Partial<AssumeRoleCommandInput> = {}) {
  const sts = new STSClient({ endpoint: world.sandbox.endpoint, region: "us-east-1", credentials: keys });
  return sts
    .send(new AssumeRoleCommand({ RoleArn: roleArn(role), RoleSessionName: "from-alice", ...input }))
    .finally(() => sts.destroy());
}
const chained = (role: string, input: Partial<AssumeRoleCommandInput> = {}) =>
  outcome(assumeWith(deploy, role, input));

test("the session of the assumed role has that role's permissions, and no longer the caller's", async () => {
  const answer = await assumeWith(deploy, "publish");
  expect(answer.AssumedRoleUser?.Arn).toBe("arn:aws:sts::123456789012:assumed-role/publish/from-alice");
  const keys = sessionOf(answer);
  const sts = new STSClient({ endpoint: world.sandbox.endpoint, region: "us-east-1", credentials: keys });
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Arn: answer.AssumedRoleUser?.Arn,
    UserId: answer.AssumedRoleUser?.AssumedRoleId,
  });
  sts.destroy();
  const put = (of: SessionKeys, Key: string, Bucket = "assets") =>
    outcome(world.s3With(of).send(new PutObjectCommand({ Bucket, Key, Body: "x" })));
  expect(await put(keys, "a.txt")).toBe("allowed");
  expect(await put(deploy, "a.txt")).toBe("AccessDenied");
  expect(await put({ ...keys, sessionToken: deploy.sessionToken }, "a.txt")).toBe("InvalidToken");
  // The new session may assume only what its own role may.
  expect(await outcome(assumeWith(keys, "long"))).toBe("AccessDenied");
});

test.each([
  ["unlisted", "AccessDenied", "the caller's policies do not name it"],
  ["trusts-other", "AccessDenied", "its trust policy names another role"],
  ["missing", "AccessDenied", "it does not exist"],
  ["by-role", "allowed", "its trust policy names the caller's role, in the same account"],
])("%s: %s, since %s", async (role, expected) => {
  expect(await chained(role)).toBe(expected);
});

test("the error and the log say which policy denied", async () => {
  world.decisions.length = 0;
  await expect(assumeWith(deploy, "unlisted")).rejects.toThrow(
    `User: ${SESSION} is not authorized to perform: sts:AssumeRole on resource: ${roleArn("unlisted")} because no identity-based policy allows the sts:AssumeRole action`,
  );
  await expect(assumeWith(deploy, "trusts-other")).rejects.toThrow(
    "because no role trust policy allows the sts:AssumeRole action",
  );
  const because = world.decisions.map(({ caller, verdict, policies }) => ({
    caller,
    verdict,
    by: policies.map(({ kind, because: why }) => `${kind}: ${why}`),
  }));
  expect(because).toEqual([
    { caller: SESSION, verdict: "denied", by: ["identity: implicit-deny", "trust: allow"] },
    { caller: SESSION, verdict: "denied", by: ["identity: allow", "trust: implicit-deny"] },
  ]);
});

test.each([
  ["external", {}, "AccessDenied"],
  ["external", { ExternalId: "41" }, "AccessDenied"],
  ["external", { ExternalId: "42" }, "allowed"],
  ["by-session", {}, "allowed"],
  ["by-session", { RoleSessionName: "from-bob" }, "AccessDenied"],
  // A chained session has one hour at most, whatever the role's maximum is.
  ["long", { DurationSeconds: 3_600 }, "allowed"],
  ["long", { DurationSeconds: 3_601 }, "ValidationError"],
  ["publish", { DurationSeconds: 899 }, "ValidationError"],
  ["publish", { Tags: [{ Key: "team", Value: "web" }] }, "ValidationError"],
  ["publish", { SourceIdentity: "alice" }, "ValidationError"],
  ["publish", { RoleArn: roleArn("publish").replace("123456789012", "999999999999") }, "AccessDenied"],
  ["publish", { RoleArn: roleArn("team/publish") }, "AccessDenied"],
])("%s with %j: %s", async (role, input, expected) => {
  expect(await chained(role, input)).toBe(expected);
});

test("a tag of the role decides, as its current value", async () => {
  const RoleName = "by-tag";
  const byTag = policy({
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Resource: "*",
    Condition: { StringEquals: { "iam:ResourceTag/open": "yes" } },
  });
  const tagged = sessionOf(await world.assume(await world.createRole("tag-caller", byTag)));
  await world.createRole(RoleName, writesOwn, trusting({ AWS: ROOT }));
  expect(await outcome(assumeWith(tagged, RoleName))).toBe("AccessDenied");
  await world.iam.send(new TagRoleCommand({ RoleName, Tags: [{ Key: "open", Value: "yes" }] }));
  expect(await outcome(assumeWith(tagged, RoleName))).toBe("allowed");
});

test("a session policy limits what the session may assume, and the new session has its own", async () => {
  const Policy = mayAssume("external");
  const narrow = sessionOf(await world.assume(roleArn("deploy"), { Policy }));
  expect(await outcome(assumeWith(narrow, "publish"))).toBe("AccessDenied");
  const nothing = policy({ Effect: "Deny", Action: "*", Resource: "*" });
  const keys = sessionOf(await assumeWith(deploy, "publish", { Policy: nothing }));
  const put = new PutObjectCommand({ Bucket: "assets", Key: "b.txt", Body: "x" });
  expect(await outcome(world.s3With(keys).send(put))).toBe("AccessDenied");
});

test("a session whose role is gone assumes nothing", async () => {
  const arn = await world.createRole("leaving", mayAssume("publish"));
  const keys = sessionOf(await world.assume(arn));
  expect(await outcome(assumeWith(keys, "publish"))).toBe("allowed");
  await world.iam.send(new DeleteRolePolicyCommand({ RoleName: "leaving", PolicyName: "inline" }));
  await world.iam.send(new DeleteRoleCommand({ RoleName: "leaving" }));
  expect(await outcome(assumeWith(keys, "publish"))).toBe("InvalidClientTokenId");
});
