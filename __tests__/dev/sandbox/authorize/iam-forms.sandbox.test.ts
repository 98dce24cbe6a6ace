import { createHash } from "node:crypto";
import { GetRoleCommand } from "@aws-sdk/client-iam";
import { ask } from "../../../../dev/tools/sandbox-support";
import { signedHeaders } from "../authenticate/sign";
import { ACCOUNT, allow, BOUNDARY, IamSandbox, TRUST } from "../iam-sandbox";
import type { SessionKeys } from "../test-sandbox";

const world = new IamSandbox();
let keys: SessionKeys;
beforeAll(async () => {
  await world.start();
  keys = await world.keysWith(
    "sends-forms",
    allow("iam:GetRole", `${ACCOUNT}:role/ci/bound`),
    allow("iam:CreateRole", `${ACCOUNT}:role/ci/*`, {
      StringEquals: { "iam:PermissionsBoundary": BOUNDARY, "aws:RequestTag/team": "web" },
    }),
  );
});
afterAll(() => world.stop());

interface Sent {
  readonly query?: string;
  readonly body?: string;
  readonly region?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a form, signed by the session. @returns `allowed`, or the error code */
async function send({ query = "", body = "", region = "us-east-1", headers = {} }: Sent): Promise<string> {
  const { endpoint } = world.sandbox;
  const payload = createHash("sha256").update(body).digest("hex");
  const host = headers.host ?? new URL(endpoint).host;
  const more = Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith("x-amz-")));
  const signed = signedHeaders(keys, "POST", host, "/", { payload, service: "iam", region, query, more });
  const type = { "Content-Type": "application/x-www-form-urlencoded; charset=utf-8" };
  const answer = await ask(endpoint, "POST", query === "" ? "/" : `/?${query}`, {
    anonymous: true,
    body,
    headers: { ...type, ...signed, ...headers, "Content-Length": Buffer.byteLength(body) },
  });
  return answer.status === 200 ? "allowed" : (/<Code>(.*?)<\/Code>/.exec(answer.body)?.[1] ?? answer.body);
}

describe("a form is parsed in one way, wherever its parameters are", () => {
  test.each<[string, Sent, string]>([
    ["in the body", { body: "Action=GetRole&RoleName=bound&Version=2010-05-08" }, "allowed"],
    ["another role in the body", { body: "Action=GetRole&RoleName=free&Version=2010-05-08" }, "AccessDenied"],
    ["in the query", { query: "Action=GetRole&RoleName=bound&Version=2010-05-08" }, "allowed"],
    [
      "another role in the query",
      { query: "Action=GetRole&RoleName=free&Version=2010-05-08" },
      "AccessDenied",
    ],
    ["in both", { query: "Action=GetRole", body: "RoleName=bound" }, "allowed"],
    ["another role in both", { query: "Action=GetRole", body: "RoleName=free" }, "AccessDenied"],
    ["encoded", { body: "Action=Get%52ole&RoleName=b%6Fund" }, "allowed"],
    ["another role, encoded", { body: "Action=Get%52ole&RoleName=%66ree" }, "AccessDenied"],
    ["a role given twice", { body: "Action=GetRole&RoleName=bound&RoleName=free" }, "AccessDenied"],
    [
      "a role in the query and in the body",
      { query: "RoleName=free", body: "Action=GetRole&RoleName=bound" },
      "AccessDenied",
    ],
    ["no role", { body: "Action=GetRole" }, "AccessDenied"],
    ["an empty name", { body: "Action=GetRole&RoleName=" }, "AccessDenied"],
    ["a name in another letter case", { body: "Action=GetRole&RoleName=Bound" }, "AccessDenied"],
    ["the parameter in another letter case", { body: "Action=GetRole&roleName=bound" }, "AccessDenied"],
    ["a path in the name", { body: "Action=GetRole&RoleName=ci%2Fbound" }, "AccessDenied"],
    ["a name with a line break", { body: "Action=GetRole&RoleName=bound%0A" }, "AccessDenied"],
    ["the action in another letter case", { body: "Action=getRole&RoleName=bound" }, "AccessDenied"],
  ])("%s", async (_, sent, expected) => {
    expect(await send(sent)).toBe(expected);
  });
});

describe("tags and the boundary are parsed in one way", () => {
  let count = 0;
  const create = (rest: string) => {
    count += 1;
    const name = `form-${count}`;
    const trust = encodeURIComponent(TRUST);
    const boundary = `PermissionsBoundary=${encodeURIComponent(BOUNDARY)}`;
    return send({
      body: `Action=CreateRole&RoleName=${name}&Path=/ci/&AssumeRolePolicyDocument=${trust}&${rest.replace("BOUNDARY", boundary)}`,
    });
  };
  test.each([
    ["valid", "BOUNDARY&Tags.member.1.Key=team&Tags.member.1.Value=web", "allowed"],
    ["another value", "BOUNDARY&Tags.member.1.Key=team&Tags.member.1.Value=others", "AccessDenied"],
    ["none", "BOUNDARY", "AccessDenied"],
    [
      "the key twice",
      "BOUNDARY&Tags.member.1.Key=team&Tags.member.1.Value=web&Tags.member.2.Key=Team&Tags.member.2.Value=x",
      "AccessDenied",
    ],
    ["a gap", "BOUNDARY&Tags.member.2.Key=team&Tags.member.2.Value=web", "AccessDenied"],
    [
      "a gap after the first tag",
      "BOUNDARY&Tags.member.1.Key=team&Tags.member.1.Value=web&Tags.member.3.Key=a&Tags.member.3.Value=b",
      "AccessDenied",
    ],
    ["an incomplete tag", "BOUNDARY&Tags.member.1.Key=team", "AccessDenied"],
    [
      "a number with a leading zero",
      "BOUNDARY&Tags.member.01.Key=team&Tags.member.01.Value=web",
      "AccessDenied",
    ],
    [
      "an empty list as well",
      "BOUNDARY&Tags=&Tags.member.1.Key=team&Tags.member.1.Value=web",
      "AccessDenied",
    ],
    ["another list format", "BOUNDARY&Tags.entry.1.Key=team&Tags.entry.1.Value=web", "AccessDenied"],
    [
      "an empty boundary",
      "PermissionsBoundary=&Tags.member.1.Key=team&Tags.member.1.Value=web",
      "AccessDenied",
    ],
    ["no boundary", "Tags.member.1.Key=team&Tags.member.1.Value=web", "AccessDenied"],
  ])("%s", async (_, rest, expected) => {
    expect(await create(rest)).toBe(expected);
    const made = await world.iam
      .send(new GetRoleCommand({ RoleName: `form-${count}` }))
      .catch(() => undefined);
    expect(made?.Role?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(
      expected === "allowed" ? BOUNDARY : undefined,
    );
    expect(made === undefined).toBe(expected !== "allowed");
  });
});

describe("moto uses the account and partition that were authorized", () => {
  const body = "Action=GetRole&RoleName=bound";
  test.each<[string, Sent, string]>([
    ["a signature for another region", { body, region: "eu-central-1" }, "allowed"],
    ["a signature for another partition", { body, region: "cn-north-1" }, "SignatureDoesNotMatch"],
    ["a signature for a third partition", { body, region: "us-gov-west-1" }, "SignatureDoesNotMatch"],
    [
      "a User-Agent with another region",
      { body, headers: { "User-Agent": "x region/cn-north-1" } },
      "allowed",
    ],
    ["a host in another region", { body, headers: { host: "iam.cn-north-1.amazonaws.com" } }, "AccessDenied"],
    ["another account", { body, headers: { "x-moto-account-id": "999999999999" } }, "allowed"],
    ["a target", { body, headers: { "x-amz-target": "x.DeleteRole" } }, "allowed"],
    [
      "a target that is not signed",
      { body, headers: { "X-Amz-Target": "x.DeleteRole" } },
      "SignatureDoesNotMatch",
    ],
  ])("%s", async (_, sent, expected) => {
    expect(await send(sent)).toBe(expected);
  });
});
