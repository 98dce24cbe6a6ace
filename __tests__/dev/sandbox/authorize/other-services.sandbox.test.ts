import { DeleteRoleCommand, IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  GetBucketPolicyCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { AssumeRoleCommand, GetSessionTokenCommand, STSClient } from "@aws-sdk/client-sts";
import { motoAuthorization } from "../../../../dev/sandbox/moto/moto-request";
import { ask } from "../../../../dev/tools/sandbox-support";
import { SiteSandbox } from "../site-sandbox";
import { outcome, policy, sessionOf } from "../test-sandbox";

const world = new SiteSandbox();
beforeAll(() => world.start(), 60_000);
afterAll(() => world.stop());

describe("services other than S3", () => {
  test("IAM: a list action is allowed by the resource *", async () => {
    const RoleName = "looks-at-iam";
    const role = await world.createRole(
      RoleName,
      policy({ Effect: "Allow", Action: "iam:ListRoles", Resource: "*" }),
    );
    const { endpoint } = world.sandbox;
    const iam = async (arn: string) =>
      new IAMClient({
        endpoint,
        region: "us-east-1",
        maxAttempts: 1,
        credentials: sessionOf(await world.assume(arn)),
      });
    const [may, mayNot] = [await iam(role), await iam(world.deploy)];
    expect(await outcome(may.send(new ListRolesCommand({})))).toBe("allowed");
    expect(await outcome(mayNot.send(new ListRolesCommand({})))).toBe("AccessDenied");
    expect(await outcome(may.send(new DeleteRoleCommand({ RoleName })))).toBe("AccessDenied");
    may.destroy();
    mayNot.destroy();
  });

  test("a session cannot create another session, whatever its policies allow", async () => {
    const role = await world.createRole("climber", policy({ Effect: "Allow", Action: "*", Resource: "*" }));
    const sts = new STSClient({
      endpoint: world.sandbox.endpoint,
      region: "us-east-1",
      maxAttempts: 1,
      credentials: sessionOf(await world.assume(role)),
    });
    expect(
      await outcome(sts.send(new AssumeRoleCommand({ RoleArn: world.deploy, RoleSessionName: "again" }))),
    ).toBe("AccessDenied");
    expect(await outcome(sts.send(new GetSessionTokenCommand({})))).toBe("AccessDenied");
    sts.destroy();
  });

  test.each([
    ["the API of moto", "POST", "/moto-api/reset", "s3"],
    ["an unsupported service", "GET", "/2015-03-31/functions/", "lambda"],
    ["S3 Control", "GET", "/v20180820/configuration/publicAccessBlock", "s3"],
  ])("%s are closed to sessions", async (_, method, path, service) => {
    const authorization = motoAuthorization(service).replace(
      /Credential=[^/]*/,
      `Credential=${world.keys.accessKeyId}`,
    );
    const headers = {
      Authorization: authorization,
      "x-amz-security-token": world.keys.sessionToken,
      "x-amz-date": "20260101T000000Z",
    };
    expect((await ask(world.sandbox.endpoint, method, path, { anonymous: true, headers })).status).toBe(403);
  });
});

describe("anonymous callers", () => {
  const get = (bucket: string, key: string) =>
    ask(world.sandbox.endpoint, "GET", `/${bucket}/${key}`, { anonymous: true });
  test("are denied unless a bucket policy allows them and public access is not blocked", async () => {
    const open = "open-to-all";
    await world.administrator.send(new CreateBucketCommand({ Bucket: open }));
    await world.administrator.send(new PutObjectCommand({ Bucket: open, Key: "page", Body: "public" }));
    expect((await get(open, "page")).status).toBe(403);
    await world.administrator.send(
      new PutBucketPolicyCommand({
        Bucket: open,
        Policy: policy({
          Effect: "Allow",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: `arn:aws:s3:::${open}/*`,
        }),
      }),
    );
    expect(await get(open, "page")).toMatchObject({ status: 200, body: "public" });
    expect((await ask(world.sandbox.endpoint, "DELETE", `/${open}/page`, { anonymous: true })).status).toBe(
      403,
    );
    await world.administrator.send(
      new PutPublicAccessBlockCommand({
        Bucket: open,
        PublicAccessBlockConfiguration: { RestrictPublicBuckets: true },
      }),
    );
    expect((await get(open, "page")).status).toBe(403);
    expect(await outcome(world.administrator.send(new GetBucketPolicyCommand({ Bucket: open })))).toBe(
      "allowed",
    );
  });

  test("an unsigned form with another action than AssumeRoleWithWebIdentity", async () => {
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const answer = await ask(world.sandbox.endpoint, "POST", "/", {
      anonymous: true,
      headers,
      body: "Action=ListRoles&Version=2010-05-08",
    });
    expect([answer.status, answer.body]).toEqual([
      403,
      expect.stringContaining("MissingAuthenticationToken"),
    ]);
  });
});
