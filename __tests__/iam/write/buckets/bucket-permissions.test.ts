import { partitionOf } from "../../../../lib/config/rules/region";
import { dnsSuffix } from "../../../../lib/iam/language/partition";
import { writeBucketPermissions } from "../../../../lib/iam/write/buckets/bucket-permissions";
import { writeTlsOnlyPolicy } from "../../../../lib/iam/write/buckets/tls-only-policy";
import { inlinePolicies } from "../../../../lib/iam/write/inline-policies";
import { aBucket, anAccount, aRole } from "../../../fixtures/access";
import { LIST_BUCKET, USE_OBJECTS } from "./bucket-statements";

const KEY_ARN = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const CHINA = anAccount({ region: "cn-north-1", partition: "aws-cn" });

describe("a role's permissions in its bucket, complete", () => {
  test("list the bucket; read, write and delete its objects; nothing else", () => {
    expect(writeBucketPermissions(aBucket(), anAccount())).toEqual({
      Version: "2012-10-17",
      Statement: [LIST_BUCKET, USE_OBJECTS],
    });
  });

  test("with a KMS key: that key, only through S3 in the account's region", () => {
    expect(writeBucketPermissions(aBucket({ kmsKey: KEY_ARN }), anAccount())).toEqual({
      Version: "2012-10-17",
      Statement: [
        LIST_BUCKET,
        USE_OBJECTS,
        {
          Sid: "UseItsKeyThroughS3",
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: KEY_ARN,
          Condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } },
        },
      ],
    });
  });

  test("in China: the partition and domain of China", () => {
    const kmsKey = "arn:aws-cn:kms:cn-north-1:123456789012:key/1234abcd";
    expect(writeBucketPermissions(aBucket({ kmsKey }), CHINA)).toEqual({
      Version: "2012-10-17",
      Statement: [
        { ...LIST_BUCKET, Resource: "arn:aws-cn:s3:::acme-website" },
        { ...USE_OBJECTS, Resource: "arn:aws-cn:s3:::acme-website/*" },
        {
          Sid: "UseItsKeyThroughS3",
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: kmsKey,
          Condition: { StringEquals: { "kms:ViaService": "s3.cn-north-1.amazonaws.com.cn" } },
        },
      ],
    });
  });
});

describe("the domain of a partition (AWS SDKs, partitions.json)", () => {
  test.each([
    ["eu-central-1", "amazonaws.com"],
    ["us-gov-west-1", "amazonaws.com"],
    ["cn-northwest-1", "amazonaws.com.cn"],
    ["us-iso-east-1", "c2s.ic.gov"],
    ["us-isob-east-1", "sc2s.sgov.gov"],
    ["eu-isoe-west-1", "cloud.adc-e.uk"],
    ["us-isof-south-1", "csp.hci.ic.gov"],
    ["eusc-de-east-1", "amazonaws.eu"],
  ])("%s uses %s", (region, suffix) => {
    expect(dnsSuffix(partitionOf(region))).toBe(suffix);
  });

  test("an unknown partition is an error, not a guess", () => {
    expect(() => dnsSuffix("aws-moon")).toThrow("aws-moon");
    expect(() => dnsSuffix("constructor")).toThrow("constructor");
  });
});

describe("a role's inline policies", () => {
  const statement = { Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" } as const;
  const ofBucket = {
    name: "bucket",
    document: { Version: "2012-10-17", Statement: [LIST_BUCKET, USE_OBJECTS] },
  };
  const ofStatements = { name: "statements", document: { Version: "2012-10-17", Statement: [statement] } };

  test.each([
    ["none", aRole(), []],
    ["the bucket's", aRole({ bucket: aBucket() }), [ofBucket]],
    ["the file's statements", aRole({ statements: [statement] }), [ofStatements]],
    ["both", aRole({ bucket: aBucket(), statements: [statement] }), [ofBucket, ofStatements]],
  ])("%s", (_, role, expected) => {
    expect(inlinePolicies(role)).toEqual(expected);
  });
});

test("the bucket policy, complete: requests without TLS are denied for all principals", () => {
  expect(writeTlsOnlyPolicy("acme-website", "aws-cn")).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: ["arn:aws-cn:s3:::acme-website", "arn:aws-cn:s3:::acme-website/*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
});
