import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { Bucket, SiteSandbox } from "../site-sandbox";
import { outcome, policy } from "../test-sandbox";

const world = new SiteSandbox();
beforeAll(() => world.start(), 60_000);
afterAll(() => world.stop());
const CopySource = "website/source";

describe("permissions on the role's bucket, each with a similar call that is denied", () => {
  beforeAll(async () => {
    await world.put("source");
  });
  const upload = async (client: S3Client, bucket: string) => {
    const { UploadId } = await client.send(
      new CreateMultipartUploadCommand({ Bucket: bucket, Key: "parts" }),
    );
    const of = { Bucket: bucket, Key: "parts", UploadId };
    const { ETag } = await client.send(new UploadPartCommand({ ...of, PartNumber: 1, Body: "part" }));
    return client.send(
      new CompleteMultipartUploadCommand({ ...of, MultipartUpload: { Parts: [{ ETag, PartNumber: 1 }] } }),
    );
  };
  test.each<[what: string, allowed: () => Promise<unknown>, denied: () => Promise<unknown>]>([
    [
      "put",
      () => world.put("a"),
      () => world.s3.send(new PutObjectCommand({ Bucket: "secrets", Key: "a", Body: "x" })),
    ],
    [
      "get",
      () => world.s3.send(new GetObjectCommand({ Bucket, Key: "source" })),
      () => world.s3.send(new GetObjectCommand({ Bucket: "secrets", Key: "plan" })),
    ],
    [
      "list",
      () => world.s3.send(new ListObjectsV2Command({ Bucket })),
      () => world.s3.send(new ListObjectsV2Command({ Bucket: "secrets" })),
    ],
    [
      "list with versions",
      () => world.s3.send(new ListObjectsV2Command({ Bucket, Prefix: "s" })),
      () => world.s3.send(new ListObjectVersionsCommand({ Bucket })),
    ],
    [
      "a version",
      () => world.s3.send(new GetObjectCommand({ Bucket, Key: "source" })),
      () => world.s3.send(new GetObjectCommand({ Bucket, Key: "source", VersionId: "x" })),
    ],
    [
      "delete",
      () => world.s3.send(new DeleteObjectCommand({ Bucket, Key: "a" })),
      () => world.s3.send(new DeleteObjectCommand({ Bucket, Key: "a", VersionId: "x" })),
    ],
    [
      "copy into",
      () => world.s3.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource })),
      () => world.s3.send(new CopyObjectCommand({ Bucket: "secrets", Key: "copy", CopySource })),
    ],
    [
      "copy out of",
      () => world.s3.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource: "website/sou%72ce" })),
      () => world.s3.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource: "secrets/plan" })),
    ],
    [
      "copy of a version",
      () => world.s3.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource: `/${CopySource}` })),
      () =>
        world.s3.send(
          new CopyObjectCommand({ Bucket, Key: "copy", CopySource: `${CopySource}?versionId=x` }),
        ),
    ],
    ["an upload in parts", () => upload(world.s3, Bucket), () => upload(world.s3, "secrets")],
    [
      "with an ACL",
      () => world.put("a"),
      () => world.s3.send(new PutObjectCommand({ Bucket, Key: "a", ACL: "public-read" })),
    ],
    [
      "with tags",
      () => world.put("a"),
      () => world.s3.send(new PutObjectCommand({ Bucket, Key: "a", Tagging: "a=b" })),
    ],
    [
      "tags of an object",
      () => world.s3.send(new HeadObjectCommand({ Bucket, Key: "source" })),
      () =>
        world.s3.send(
          new PutObjectTaggingCommand({
            Bucket,
            Key: "source",
            Tagging: { TagSet: [{ Key: "a", Value: "b" }] },
          }),
        ),
    ],
    [
      "the ACL of an object",
      () => world.s3.send(new GetObjectCommand({ Bucket, Key: "source" })),
      () => world.s3.send(new GetObjectAclCommand({ Bucket, Key: "source" })),
    ],
    [
      "the bucket's policy",
      () => world.s3.send(new ListObjectsV2Command({ Bucket })),
      () => world.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: "{}" })),
    ],
    [
      "creating a bucket",
      () => world.s3.send(new ListObjectsV2Command({ Bucket })),
      () => world.s3.send(new CreateBucketCommand({ Bucket: "mine" })),
    ],
    [
      "all buckets",
      () => world.s3.send(new ListObjectsV2Command({ Bucket })),
      () => world.s3.send(new ListBucketsCommand({})),
    ],
  ])("%s", async (_, allowed, denied) => {
    expect(await outcome(allowed())).toBe("allowed");
    expect(await outcome(denied())).toBe("AccessDenied");
  });

  test("copying a part from another bucket, and aborting without permission", async () => {
    const { UploadId } = await world.s3.send(new CreateMultipartUploadCommand({ Bucket, Key: "parts" }));
    const of = { Bucket, Key: "parts", UploadId };
    const part = (source: string) =>
      world.s3.send(new UploadPartCopyCommand({ ...of, PartNumber: 1, CopySource: source }));
    expect(await outcome(part(CopySource))).toBe("allowed");
    expect(await outcome(part("secrets/plan"))).toBe("AccessDenied");
    expect(await outcome(world.s3.send(new AbortMultipartUploadCommand(of)))).toBe("AccessDenied");
  });

  test("an operation that moto interprets differently is denied, even with s3:*", async () => {
    const everything = await world.createRole(
      "everything",
      policy({ Effect: "Allow", Action: "s3:*", Resource: "*" }),
    );
    const all = await world.s3As(everything);
    expect(await outcome(all.send(new ListBucketsCommand({})))).toBe("allowed");
    expect(await outcome(all.send(new GetObjectRetentionCommand({ Bucket, Key: "source" })))).toBe(
      "AccessDenied",
    );
    all.destroy();
  });
});
