import { GetBucketVersioningCommand, type S3Client } from "@aws-sdk/client-s3";
import { AwsReader } from "../../adopt/discover/aws-reader";
import { readAccessSettings } from "../../adopt/discover/bucket-settings";
import { findProviders } from "../../adopt/discover/providers";
import type { ReadClients } from "../../adopt/discover/read-clients";
import { findRoles } from "../../adopt/discover/roles";
import { accountView } from "../../config/model/account-view";
import type { Access, Account } from "../../config/model/model";
import { inParallel } from "../../process/in-parallel";
import { issuerOf } from "../../token/issuer";
import type { AccountAsItIs, BucketAccess } from "./account-as-it-is";

const AT_ONCE = 4;

/**
 * Reads what access.yaml declares in an account, and all else there that concerns CircleCI's
 * tokens. A refused call is recorded, and never an absent object.
 * @throws ProjectError `aws-not-asked`; those of `lib/http/connection-failure.ts`
 */
export async function readAccount(
  { iam, s3 }: Pick<ReadClients, "iam" | "s3">,
  access: Access,
  account: Account,
): Promise<AccountAsItIs> {
  const reader = new AwsReader();
  const view = accountView(access, account);
  const issuers = access.organizations.map(issuerOf);
  const providers = await findProviders(iam, issuers, reader);
  const { roles, policies } = await findRoles(iam, issuers, reader, {
    roles: view.roles.map(({ name }) => name),
    policies: account.boundary === undefined ? [] : [account.boundary.arn],
  });
  const buckets = await inParallel([account.stateBucket, ...view.bucketNames], AT_ONCE, (name) =>
    readBucket(s3, { Bucket: name, ExpectedBucketOwner: account.id }, reader),
  );
  return { providers, roles, policies, buckets: new Map(buckets.flat()), refused: reader.refused };
}

type Named = Parameters<typeof readAccessSettings>[1];

async function readBucket(
  s3: S3Client,
  bucket: Named,
  reader: AwsReader,
): Promise<readonly (readonly [string, BucketAccess | undefined])[]> {
  const name = bucket.Bucket;
  // HeadBucket would ask for `s3:ListBucket`, which also lists the objects.
  const there = await reader.read(
    "GetBucketVersioningCommand",
    name,
    s3.send(new GetBucketVersioningCommand(bucket)),
    ["NoSuchBucket", "NotFound"],
  );
  if (there === "unset") return [[name, undefined]];
  if (there === undefined) return [];
  const settings = await readAccessSettings(s3, bucket, reader);
  return reader.refused.some(({ object }) => object === name) ? [] : [[name, settings]];
}
