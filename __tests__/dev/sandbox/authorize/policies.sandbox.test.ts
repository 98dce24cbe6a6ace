import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { Bucket, SiteSandbox } from "../site-sandbox";
import { outcome, policy, roleArn } from "../test-sandbox";

const world = new SiteSandbox();
beforeAll(() => world.start(), 60_000);
afterAll(() => world.stop());

describe("combined policies", () => {
  const wide = policy({ Effect: "Allow", Action: "s3:*", Resource: "*" });
  const reading = policy({ Effect: "Allow", Action: ["s3:GetObject", "s3:ListBucket"], Resource: "*" });
  const tries = async (client: S3Client) => {
    const results = [
      await outcome(client.send(new ListObjectsV2Command({ Bucket }))),
      await outcome(client.send(new PutObjectCommand({ Bucket, Key: "x", Body: "x" }))),
    ];
    client.destroy();
    return results;
  };

  test("a session policy restricts, inline or by ARN", async () => {
    const role = await world.createRole("with-session-policy", wide);
    const { Policy: made } = await world.iam.send(
      new CreatePolicyCommand({ PolicyName: "reading", PolicyDocument: reading }),
    );
    expect(await tries(await world.s3As(role))).toEqual(["allowed", "allowed"]);
    expect(await tries(await world.s3As(role, { Policy: reading }))).toEqual(["allowed", "AccessDenied"]);
    expect(await tries(await world.s3As(role, { PolicyArns: [{ arn: made?.Arn ?? "" }] }))).toEqual([
      "allowed",
      "AccessDenied",
    ]);
    expect(world.decisions.at(-1)?.message).toMatch(
      /because no session policy allows the s3:PutObject action$/,
    );
  });

  test("a boundary restricts, an attached policy allows", async () => {
    const { Policy: made } = await world.iam.send(
      new CreatePolicyCommand({ PolicyName: "boundary", PolicyDocument: reading }),
    );
    const { Policy: attached } = await world.iam.send(
      new CreatePolicyCommand({ PolicyName: "attached", PolicyDocument: wide }),
    );
    const role = await world.createRole(
      "bounded",
      policy({ Effect: "Allow", Action: "sns:*", Resource: "*" }),
      { PermissionsBoundary: made?.Arn ?? "" },
    );
    const RoleName = "bounded";
    expect(await tries(await world.s3As(role))).toEqual(["AccessDenied", "AccessDenied"]);
    await world.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: attached?.Arn ?? "" }));
    expect(await tries(await world.s3As(role))).toEqual(["allowed", "AccessDenied"]);
    expect(world.decisions.at(-1)?.message).toMatch(
      /because no permissions boundary allows the s3:PutObject action$/,
    );
  });

  test("a bucket policy allows and denies, except for the administrator", async () => {
    const role = await world.createRole(
      "by-bucket",
      policy({ Effect: "Allow", Action: "sns:*", Resource: "*" }),
    );
    const client = await world.s3As(role);
    const set = (...statements: readonly object[]) =>
      world.administrator.send(
        new PutBucketPolicyCommand({ Bucket: "secrets", Policy: policy(...statements) }),
      );
    const get = (by: S3Client) => outcome(by.send(new GetObjectCommand({ Bucket: "secrets", Key: "plan" })));
    const Resource = "arn:aws:s3:::secrets/*";
    const give = {
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource,
      Principal: { AWS: roleArn("by-bucket") },
    };
    expect(await get(client)).toBe("AccessDenied");
    await set(give);
    expect([await get(client), await get(world.s3)]).toEqual(["allowed", "AccessDenied"]);
    await set(give, {
      Effect: "Deny",
      Action: "s3:*",
      Resource,
      Principal: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
    expect(await get(client)).toBe("allowed");
    await set(give, {
      Effect: "Deny",
      Action: "s3:*",
      Resource,
      Principal: "*",
      Condition: { StringEquals: { "aws:PrincipalType": "AssumedRole" } },
    });
    expect([await get(client), await get(world.administrator)]).toEqual(["AccessDenied", "allowed"]);
    expect(world.decisions.at(-1)?.message).toMatch(/with an explicit deny in a resource-based policy$/);
    client.destroy();
  });

  test("a condition on an unknown key is a denial", async () => {
    const Condition = { StringNotEquals: { "aws:SourceVpceOrgID": "o-1" } };
    const role = await world.createRole(
      "unknown-key",
      policy({ Effect: "Allow", Action: "s3:*", Resource: "*", Condition }),
    );
    expect(await tries(await world.s3As(role))).toEqual(["AccessDenied", "AccessDenied"]);
    expect(world.decisions.at(-1)?.message).toMatch(/cannot determine the value of aws:SourceVpceOrgID$/);
  });

  test("a policy that the proxy cannot parse is a denial", async () => {
    const odd = policy({
      Effect: "Allow",
      Action: "s3:*",
      Resource: "*",
      Condition: { NumericEquals: { "aws:EpochTime": "ten" } },
    });
    const client = await world.s3As(await world.createRole("odd", wide));
    const PolicyDocument = odd;
    await world.iam.send(new PutRolePolicyCommand({ RoleName: "odd", PolicyName: "odd", PolicyDocument }));
    expect(await tries(client)).toEqual(["AccessDenied", "AccessDenied"]);
  });

  test("a policy that is put or deleted applies to the next call", async () => {
    const RoleName = "shrinking";
    const client = await world.s3As(await world.createRole(RoleName, wide));
    const list = () => outcome(client.send(new ListObjectsV2Command({ Bucket })));
    expect(await list()).toBe("allowed");
    await world.iam.send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName: "inline",
        PolicyDocument: policy({ Effect: "Deny", Action: "*", Resource: "*" }),
      }),
    );
    expect(await list()).toBe("AccessDenied");
    await world.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "inline", PolicyDocument: wide }));
    expect(await list()).toBe("allowed");
    await world.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "inline" }));
    await world.iam.send(new DeleteRoleCommand({ RoleName }));
    expect(await list()).toBe("InvalidClientTokenId");
    // A new role of the same name is another role.
    await world.createRole(RoleName, wide);
    expect(await list()).toBe("InvalidClientTokenId");
    client.destroy();
  });
});
