import {
  GetBucketAccelerateConfigurationCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketWebsiteCommand,
  GetObjectLockConfigurationCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { AwsReader } from "./aws-reader";
import type { ReadCall } from "./read-calls";

interface Named {
  readonly Bucket: string;
  readonly ExpectedBucketOwner: string;
}

interface Setting {
  readonly name: string;
  readonly call: ReadCall;
  /** AWS's error codes for "never set". */
  readonly unset: readonly string[];
  /** Whether it is set. */
  readonly isSet: (s3: S3Client, bucket: Named) => Promise<boolean>;
}

/** Settings that this project does not manage: a deploy keeps them, and `adopt` reports them. */
const SETTINGS: readonly Setting[] = [
  {
    name: "website",
    call: "GetBucketWebsiteCommand",
    unset: ["NoSuchWebsiteConfiguration"],
    isSet: async (s3, bucket) => (await s3.send(new GetBucketWebsiteCommand(bucket))) !== undefined,
  },
  {
    name: "CORS",
    call: "GetBucketCorsCommand",
    unset: ["NoSuchCORSConfiguration"],
    isSet: async (s3, bucket) => (await s3.send(new GetBucketCorsCommand(bucket))).CORSRules?.length !== 0,
  },
  {
    name: "notifications",
    call: "GetBucketNotificationConfigurationCommand",
    unset: [],
    isSet: async (s3, bucket) => {
      const { $metadata: _, ...kinds } = await s3.send(new GetBucketNotificationConfigurationCommand(bucket));
      return Object.values(kinds).some(
        (kind) => kind !== undefined && (!Array.isArray(kind) || kind.length > 0),
      );
    },
  },
  {
    name: "replication",
    call: "GetBucketReplicationCommand",
    unset: ["ReplicationConfigurationNotFoundError"],
    isSet: async (s3, bucket) => (await s3.send(new GetBucketReplicationCommand(bucket))) !== undefined,
  },
  {
    name: "ACL",
    call: "GetBucketAclCommand",
    unset: [],
    isSet: async (s3, bucket) => {
      const { Owner: owner, Grants: grants = [] } = await s3.send(new GetBucketAclCommand(bucket));
      return grants.some(({ Grantee: grantee }) => grantee?.ID === undefined || grantee.ID !== owner?.ID);
    },
  },
  {
    name: "object lock",
    call: "GetObjectLockConfigurationCommand",
    unset: ["ObjectLockConfigurationNotFoundError"],
    isSet: async (s3, bucket) =>
      (await s3.send(new GetObjectLockConfigurationCommand(bucket))).ObjectLockConfiguration !== undefined,
  },
  {
    name: "logging",
    call: "GetBucketLoggingCommand",
    unset: [],
    isSet: async (s3, bucket) =>
      (await s3.send(new GetBucketLoggingCommand(bucket))).LoggingEnabled !== undefined,
  },
  {
    name: "transfer acceleration",
    call: "GetBucketAccelerateConfigurationCommand",
    unset: [],
    isSet: async (s3, bucket) =>
      (await s3.send(new GetBucketAccelerateConfigurationCommand(bucket))).Status === "Enabled",
  },
  {
    name: "requester pays",
    call: "GetBucketRequestPaymentCommand",
    unset: [],
    isSet: async (s3, bucket) =>
      (await s3.send(new GetBucketRequestPaymentCommand(bucket))).Payer === "Requester",
  },
];

/** Names of the bucket's settings that are set and not managed by this project. */
export async function readUnmanaged(
  s3: S3Client,
  bucket: Named,
  reader: AwsReader,
): Promise<readonly string[]> {
  const found = await Promise.all(
    SETTINGS.map(async ({ name, call, unset, isSet }) =>
      (await reader.read(call, bucket.Bucket, isSet(s3, bucket), unset)) === true ? [name] : [],
    ),
  );
  return found.flat();
}
