import { HeadBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { ProjectError } from "../../errors";
import { inParallel } from "../../process/in-parallel";
import type { FoundBucket } from "../inventory/inventory";
import type { AwsReader } from "./aws-reader";
import { readSettings } from "./bucket-settings";
import { readUnmanaged } from "./unmanaged-settings";

const AT_ONCE = 4;

export interface BucketQuery {
  /** Names of roles by the bucket that their policies name. */
  readonly pointedAt: ReadonlyMap<string, readonly string[]>;
  /** Named by whoever asks. */
  readonly asked: readonly string[];
  /** Named by access.yaml, which may have been there before it. */
  readonly declared: readonly string[];
  /** The account's state bucket, which its own stack imports. */
  readonly stateBucket: string;
}

/**
 * The account's buckets that were asked for or that roles point at, with all settings; sorted by
 * name. One that a policy names and that is not there, or is another account's, is none of the
 * account's. One of which a setting is not shown is left out: what was not seen whole is not
 * adopted.
 * @throws ProjectError `bucket-missing`, `bucket-elsewhere` (exit 2) for one that was asked for
 */
export async function findBuckets(
  s3: S3Client,
  account: string,
  { pointedAt, asked, declared, stateBucket }: BucketQuery,
  reader: AwsReader,
): Promise<readonly FoundBucket[]> {
  const names = [...new Set([...pointedAt.keys(), ...asked, ...declared])]
    .filter((name) => name !== stateBucket)
    .sort();
  const found = await inParallel(names, AT_ONCE, async (name): Promise<readonly FoundBucket[]> => {
    const isAsked = asked.includes(name);
    const bucket = { Bucket: name, ExpectedBucketOwner: account };
    const before = reader.refused.length;
    const head = await reader.read("HeadBucketCommand", name, s3.send(new HeadBucketCommand(bucket)), [
      "NotFound",
      "NoSuchBucket",
    ]);
    if (head === "unset") {
      if (isAsked) throw notThere(name, account);
      return [];
    }
    if (head === undefined) return [];
    const { tags, ...settings } = await readSettings(s3, bucket, reader);
    const unmanaged = await readUnmanaged(s3, bucket, reader);
    if (reader.refused.length > before && reader.refused.some(({ object }) => object === name)) return [];
    return [{ name, pointedAtBy: pointedAt.get(name) ?? [], asked: isAsked, settings, tags, unmanaged }];
  });
  return found.flat();
}

function notThere(name: string, account: string): ProjectError {
  return new ProjectError({
    code: "bucket-missing",
    message: `there is no bucket "${name}" in account ${account}`,
    found: name,
    fix: "check the name given to --bucket, and the account",
    exitCode: 2,
  });
}
