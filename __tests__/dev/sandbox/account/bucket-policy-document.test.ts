import { readBucketPolicy, type Statements } from "../../../../dev/sandbox/account/bucket-policy-document";
import { isPublic } from "../../../../dev/sandbox/account/public-policy";
import { tlsOnly } from "../../../../dev/tools/sandbox-support";

const good = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::site/*" };

function read(policy: unknown) {
  return readBucketPolicy("site", Buffer.from(typeof policy === "string" ? policy : JSON.stringify(policy)));
}

function statements(...list: readonly object[]): Statements {
  const policy = read({ Statement: list });
  if ("malformed" in policy) throw new Error(policy.malformed);
  return policy;
}

describe("bucket policies that S3 accepts and rejects", () => {
  test.each([
    ["a list of statements", { Version: "2012-10-17", Statement: [good] }],
    ["one statement", { Statement: good }],
    ["the TLS-only policy", tlsOnly("site")],
    [
      "wildcards that can match the bucket",
      { Statement: [{ ...good, Resource: ["arn:aws:s3:::si*", "arn:aws:s3:::s?te/*", "*"] }] },
    ],
    [
      "NotPrincipal, NotAction, NotResource",
      {
        Statement: [
          { Effect: "Deny", NotPrincipal: "*", NotAction: "s3:*", NotResource: "arn:aws:s3:::site" },
        ],
      },
    ],
    ["exactly 20 KB", JSON.stringify({ Statement: good }).padEnd(20 * 1024)],
  ])("%s", (_name, policy) => {
    expect(read(policy)).not.toHaveProperty("malformed");
  });

  test.each([
    ["nothing", ""],
    ["no JSON", "{"],
    ["a list", "[]"],
    ["null", "null"],
    ["a byte order mark", `\ufeff${JSON.stringify({ Statement: good })}`],
    ["no Statement", { Version: "2012-10-17" }],
    ["an empty Statement", { Statement: [] }],
    ["a Statement that is a string", { Statement: ["x"] }],
    ["no Effect", { Statement: [{ ...good, Effect: undefined }] }],
    ["an invalid Effect", { Statement: [{ ...good, Effect: "allow" }] }],
    ["no Principal", { Statement: [{ ...good, Principal: undefined }] }],
    ["no Action", { Statement: [{ ...good, Action: undefined }] }],
    ["both Action and NotAction", { Statement: [{ ...good, NotAction: "s3:*" }] }],
    ["no Resource", { Statement: [{ ...good, Resource: [] }] }],
    ["another bucket", { Statement: [{ ...good, Resource: "arn:aws:s3:::other/*" }] }],
    [
      "another bucket as well",
      { Statement: [{ ...good, Resource: ["arn:aws:s3:::site/*", "arn:aws:s3:::sites/*"] }] },
    ],
    ["another service", { Statement: [{ ...good, Resource: "arn:aws:sqs:us-east-1:123456789012:site" }] }],
    ["one byte more than 20 KB", JSON.stringify({ Statement: good }).padEnd(20 * 1024 + 1)],
  ])("rejected: %s", (_name, policy) => {
    expect(read(policy)).toHaveProperty("malformed");
  });

  test("rejected: text that is not UTF-8", () => {
    const text = Buffer.concat([Buffer.from('{"Statement":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    expect(readBucketPolicy("site", text)).toHaveProperty("malformed");
  });
});

describe("the meaning of public", () => {
  test.each([
    ["everyone", good],
    ["everyone, as a list", { ...good, Principal: { AWS: ["*"] } }],
    ["everyone but one", { ...good, Principal: undefined, NotPrincipal: { AWS: "123456789012" } }],
    ["an unrelated condition", { ...good, Condition: { Bool: { "aws:SecureTransport": "true" } } }],
    ["a wildcard value", { ...good, Condition: { StringLike: { "aws:PrincipalOrgID": "o-*" } } }],
    ["a negated condition", { ...good, Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } } }],
    ["a wide IP range", { ...good, Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/1" } } }],
    [
      "one of two values is a wildcard",
      { ...good, Condition: { StringEquals: { "aws:SourceVpc": ["vpc-1", "*"] } } },
    ],
  ])("public: %s", (_name, statement) => {
    expect(isPublic(statements(statement))).toBe(true);
  });

  test.each([
    ["a denial", { ...good, Effect: "Deny" }],
    ["one account", { ...good, Principal: { AWS: "arn:aws:iam::123456789012:root" } }],
    ["one organization", { ...good, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }],
    ["one network", { ...good, Condition: { IpAddress: { "AWS:sourceIp": "203.0.113.0/24" } } }],
  ])("not public: %s", (_name, statement) => {
    expect(isPublic(statements(statement))).toBe(false);
  });

  test("one public statement is enough", () => {
    expect(isPublic(statements({ ...good, Effect: "Deny" }, good))).toBe(true);
  });
});
