import {
  CreateBucketCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { s3Client } from "../../../dev/tools/sandbox-support";
import { policy, type SessionKeys, sessionOf, TestSandbox } from "./test-sandbox";

export const Bucket = "website";
export const OWN = "arn:aws:s3:::website";

/**
 * A bucket with a role that has the permissions of a project role, and another bucket without
 * permissions for it.
 */
export class SiteSandbox extends TestSandbox {
  administrator!: S3Client;
  /** ARN of the role: it may list the bucket, and read, write and delete objects. */
  deploy!: string;
  keys!: SessionKeys;
  s3!: S3Client;

  override async start(): Promise<void> {
    await super.start();
    this.administrator = s3Client(this.sandbox);
    for (const name of [Bucket, "secrets"])
      await this.administrator.send(new CreateBucketCommand({ Bucket: name }));
    await this.administrator.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }),
    );
    await this.administrator.send(new PutObjectCommand({ Bucket: "secrets", Key: "plan", Body: "secret" }));
    this.deploy = await this.createRole(
      "deploy",
      policy(
        { Effect: "Allow", Action: "s3:ListBucket", Resource: OWN },
        {
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
          Resource: `${OWN}/*`,
        },
      ),
    );
    this.keys = sessionOf(await this.assume(this.deploy));
    this.s3 = this.s3With(this.keys);
  }

  override async stop(): Promise<void> {
    this.administrator?.destroy();
    this.s3?.destroy();
    await super.stop();
  }

  /** Puts an object into the role's bucket. */
  put(Key: string, Body = "hello") {
    return this.s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  }
}
