import {
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  DeleteOpenIDConnectProviderCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { FORGERIES } from "../../../../dev/sandbox/circleci/forgeries";
import { ask, runIn } from "../../../../dev/tools/sandbox-support";
import { issuerUrl } from "../../../../lib/token/issuer";
import {
  ALICE,
  aliceOnMain,
  BOB,
  HOST,
  ORGANIZATION,
  onMain,
  PROJECT,
  PROVIDER,
  policy,
  roleArn,
  sessionOf,
  TestSandbox,
  trustAlice,
} from "../test-sandbox";

const world = new TestSandbox();
const nothing = policy({ Effect: "Deny", Action: "*", Resource: "*" });
const OTHER_ORGANIZATION = "11111111-1111-4111-8111-111111111111";
let deploy: string;

beforeAll(async () => {
  await world.start();
  deploy = await world.createRole("deploy", nothing);
});
afterAll(() => world.stop());

const mint = (change: Partial<typeof aliceOnMain>) =>
  world.sandbox.circleCi.mint({ ...aliceOnMain, ...change });

test("Alice on main gets a session with her identity", async () => {
  const before = Date.now();
  const answer = await world.assume(deploy);
  expect(answer).toMatchObject({
    SubjectFromWebIdentityToken: `org/${ORGANIZATION}/project/${PROJECT}/user/${ALICE}/vcs-origin/github.com/acme/website/vcs-ref/refs/heads/main`,
    AssumedRoleUser: { Arn: "arn:aws:sts::123456789012:assumed-role/deploy/alice" },
    Provider: PROVIDER,
    Audience: ORGANIZATION,
  });
  expect(answer.AssumedRoleUser?.AssumedRoleId).toMatch(/^AROA[A-Z0-9]+:alice$/);
  // One hour in whole seconds, from the time of the call.
  const began = (answer.Credentials?.Expiration?.getTime() ?? 0) - 3_600_000;
  expect(began).toBeGreaterThanOrEqual(before - 1_000);
  expect(began).toBeLessThanOrEqual(Date.now());
  const sts = new STSClient({
    endpoint: world.sandbox.endpoint,
    region: "us-east-1",
    credentials: sessionOf(answer),
  });
  // GetCallerIdentity cannot be denied.
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: "123456789012",
    Arn: "arn:aws:sts::123456789012:assumed-role/deploy/alice",
    UserId: answer.AssumedRoleUser?.AssumedRoleId,
  });
  sts.destroy();
});

test.each([
  ["Bob on main", { user: BOB }],
  ["Alice on a branch", { source: { ...onMain, ref: "refs/heads/feature" } }],
  ["Alice on a tag of that name", { source: { ...onMain, ref: "refs/tags/main" } }],
  ["Alice from a fork", { source: { ...onMain, origin: "github.com/mallory/website" } }],
  ["Alice in another project", { project: BOB }],
  ["Alice with a V1 token, which has no branch", { version: 1 as const }],
])("%s: AccessDenied, and the log has the condition that is not met", async (_, change) => {
  world.decisions.length = 0;
  expect(await world.refusal(deploy, { WebIdentityToken: await mint(change) })).toBe("AccessDenied");
  expect(world.decisions).toMatchObject([
    {
      action: "sts:AssumeRoleWithWebIdentity",
      resource: deploy,
      verdict: "denied",
      code: "AccessDenied",
      policies: [{ kind: "trust", name: "deploy", because: "implicit-deny" }],
    },
  ]);
  const [statement] = world.decisions[0]?.policies[0]?.statements ?? [];
  expect(statement?.decidedBy).toEqual([`Statement[0].Condition.StringEquals["${HOST}:sub"]`]);
});

test.each(FORGERIES.map((forgery) => [forgery.name, forgery] as const))(
  "%s is rejected",
  async (_, { make, code }) => {
    const { issuers } = world.sandbox.circleCi;
    const token = await make({ job: aliceOnMain, issuers, now: Date.now() });
    world.decisions.length = 0;
    expect(await world.refusal(deploy, { WebIdentityToken: token })).toBe(code);
    // Unverified claims and the token itself are not logged.
    expect(world.decisions).toHaveLength(1);
    expect(world.decisions[0]).not.toHaveProperty("claims");
    expect(JSON.stringify(world.decisions)).not.toContain(token.slice(-40));
  },
);

test.each([
  ["not a token", "not-a-jwt"],
  ["two parts", "aa.bb"],
  ["three invalid parts", "a.b.c"],
  ["empty objects", "e30.e30.e30"],
])("%s: InvalidIdentityToken", async (_, token) => {
  expect(await world.refusal(deploy, { WebIdentityToken: token })).toBe("InvalidIdentityToken");
});

describe("time", () => {
  afterEach(() => {
    world.ahead = 0;
  });
  test.each([
    [3_590, "assumed"],
    [3_601, "ExpiredTokenException"],
    [-290, "assumed"],
    [-310, "InvalidIdentityToken"],
  ])("a token %i s after it was issued: %s", async (seconds, expected) => {
    const token = await mint({});
    world.ahead = seconds * 1_000;
    const answer = world.assume(deploy, { WebIdentityToken: token }).then(() => "assumed");
    expect(await answer.catch((error: Error) => error.name)).toMatch(new RegExp(`^${expected}`));
  });
});

test("key rotation: the new and the previous key are valid, older ones are not", async () => {
  const first = await mint({});
  await world.sandbox.circleCi.issuers.rotate(ORGANIZATION);
  const second = await mint({});
  await world.assume(deploy, { WebIdentityToken: first });
  await world.assume(deploy, { WebIdentityToken: second });
  await world.sandbox.circleCi.issuers.rotate(ORGANIZATION);
  expect(await world.refusal(deploy, { WebIdentityToken: first })).toBe("InvalidIdentityToken");
  await world.assume(deploy, { WebIdentityToken: second });
});

test("a provider is valid while it exists, with its current audiences", async () => {
  const Url = issuerUrl({ organization: OTHER_ORGANIZATION });
  const arn = PROVIDER.replace(ORGANIZATION, OTHER_ORGANIZATION);
  const trust = JSON.parse(JSON.stringify(trustAlice).replaceAll(ORGANIZATION, OTHER_ORGANIZATION));
  const other = await world.createRole("other-organization", nothing, { trust });
  const token = { WebIdentityToken: await mint({ organization: OTHER_ORGANIZATION }) };
  expect(await world.refusal(other, token)).toBe("InvalidIdentityToken");
  await world.iam.send(new CreateOpenIDConnectProviderCommand({ Url, ClientIDList: ["other-audience"] }));
  expect(await world.refusal(other, token)).toBe("InvalidIdentityToken");
  const OpenIDConnectProviderArn = arn;
  await world.iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
  const ClientIDList = ["other-audience", OTHER_ORGANIZATION];
  await world.iam.send(new CreateOpenIDConnectProviderCommand({ Url, ClientIDList }));
  await world.assume(other, token);
  await world.iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
  expect(await world.refusal(other, token)).toBe("InvalidIdentityToken");
});

test("an unreachable issuer: IDPCommunicationError", async () => {
  const Url = issuerUrl({ organization: "33333333-3333-4333-8333-333333333333" });
  await world.iam.send(new CreateOpenIDConnectProviderCommand({ Url, ClientIDList: ["x"] }));
  const payload = { iss: Url, sub: "x", aud: "x", iat: 1, exp: 9_999_999_999 };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const token = `${part({ alg: "RS256", kid: "x" })}.${part(payload)}.AAAA`;
  expect(await world.refusal(deploy, { WebIdentityToken: token })).toBe("IDPCommunicationError");
});

test("a role that does not exist, or has another path, is denied like any other", async () => {
  expect(await world.refusal(roleArn("missing"))).toBe("AccessDenied");
  expect(await world.refusal(roleArn("team/deploy"))).toBe("AccessDenied");
  expect(await world.refusal(deploy.replace("123456789012", "999999999999"))).toBe("AccessDenied");
});

test("a changed trust policy applies at once", async () => {
  const RoleName = "changing";
  const changing = await world.createRole(RoleName, nothing);
  await world.assume(changing);
  const trustBob = JSON.stringify(trustAlice).replaceAll(ALICE, BOB);
  await world.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trustBob }));
  expect(await world.refusal(changing)).toBe("AccessDenied");
  await world.assume(changing, { WebIdentityToken: await mint({ user: BOB }) });
});

describe("parameters", () => {
  test.each([
    ["a session name of 1 character", { RoleSessionName: "a" }],
    ["a session name of 65 characters", { RoleSessionName: "a".repeat(65) }],
    ["a session name with a space", { RoleSessionName: "alice smith" }],
    ["a duration of 899 s", { DurationSeconds: 899 }],
    ["a duration of 43,201 s", { DurationSeconds: 43_201 }],
    ["a duration above the maximum of the role", { DurationSeconds: 3_601 }],
    ["a role name instead of an ARN", { RoleArn: "deploy" }],
    [
      "a session policy that does not exist",
      { PolicyArns: [{ arn: "arn:aws:iam::123456789012:policy/none" }] },
    ],
  ])("%s: ValidationError", async (_, input) => {
    expect(await world.refusal(deploy, input)).toBe("ValidationError");
  });

  test.each([
    ["2 characters", { RoleSessionName: "al" }],
    ["64 characters", { RoleSessionName: "+=,.@-_".padEnd(64, "a") }],
    ["900 s", { DurationSeconds: 900 }],
  ])("%s: accepted", async (_, input) => {
    await world.assume(deploy, input);
  });

  test("a maximum session duration of 12 hours is enforced", async () => {
    const long = await world.createRole("long", nothing, { MaxSessionDuration: 43_200 });
    await world.assume(long, { DurationSeconds: 43_200 });
    expect(await world.refusal(long, { DurationSeconds: 43_201 })).toBe("ValidationError");
  });

  test.each([
    ["invalid JSON", "{"],
    ["no statement", '{"Version":"2012-10-17"}'],
    ["a principal", policy({ Effect: "Allow", Action: "*", Resource: "*", Principal: "*" })],
    ["no resource", policy({ Effect: "Allow", Action: "*" })],
    ["an incomplete ARN", policy({ Effect: "Allow", Action: "*", Resource: "arn:aws:s3" })],
    [
      "an unknown operator",
      policy({ Effect: "Allow", Action: "*", Resource: "*", Condition: { StringIs: { "aws:userid": "x" } } }),
    ],
  ])("a session policy with %s: MalformedPolicyDocument", async (_, Policy) => {
    expect(await world.refusal(deploy, { Policy })).toBe("MalformedPolicyDocument");
  });

  test("session policies of more than 2,048 characters together: PackedPolicyTooLarge", async () => {
    const { Policy: made } = await world.iam.send(
      new CreatePolicyCommand({ PolicyName: "small", PolicyDocument: nothing }),
    );
    const arn = made?.Arn ?? "";
    const fits = nothing + " ".repeat(2_048 - nothing.length - arn.length);
    await world.assume(deploy, { Policy: fits, PolicyArns: [{ arn }] });
    expect(await world.refusal(deploy, { Policy: `${fits} `, PolicyArns: [{ arn }] })).toBe(
      "PackedPolicyTooLarge",
    );
  });

  test("a parameter that is given twice is rejected", async () => {
    const token = await mint({});
    const once = new URLSearchParams({
      Action: "AssumeRoleWithWebIdentity",
      Version: "2011-06-15",
      RoleArn: deploy,
      RoleSessionName: "alice",
      WebIdentityToken: token,
    });
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const post = (body: string) =>
      ask(world.sandbox.endpoint, "POST", "/", { anonymous: true, headers, body });
    expect((await post(String(once))).status).toBe(200);
    const twice = await post(`${once}&RoleArn=${encodeURIComponent(roleArn("missing"))}`);
    expect([twice.status, twice.body]).toEqual([
      400,
      expect.stringContaining("<Code>MalformedQueryString</Code>"),
    ]);
    // STS accepts parameters in the query too.
    expect((await ask(world.sandbox.endpoint, "GET", `/?${once}`, { anonymous: true })).status).toBe(200);
  });
});

test("the AWS CLI prints AWS's message", async () => {
  const token = await mint({ user: BOB });
  const args = [
    "sts",
    "assume-role-with-web-identity",
    "--role-arn",
    deploy,
    "--role-session-name",
    "bob",
    "--web-identity-token",
    token,
  ];
  const { exitCode, stderr } = await runIn(world.sandbox, "aws", args);
  expect(exitCode).not.toBe(0);
  expect(stderr).toContain(
    "An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity",
  );
});
