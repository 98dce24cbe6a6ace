import { HeadBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { ProjectError } from "../../errors";
import { inParallel } from "../../process/in-parallel";
import type { FoundBucket } from "../inventory/inventory";
import type { AwsReader } from "./aws-reader";
import { readSettings } from "./bucket-settings";
import { readUnmanaged } from "./unmanaged-settings";

const AT_ONCE = 4;

interface BucketQuery {
  /** Names of the roles whose policies name a bucket, by bucket. */
  readonly pointedAt: ReadonlyMap<string, readonly string[]>;
  /** Named by `--bucket`. */
  readonly asked: readonly string[];
  /** Named by access.yaml; they may exist already. */
  readonly declared: readonly string[];
  /** The account's state bucket, which its own stack imports. */
  readonly stateBucket: string;
}

/**
 * The account's buckets that `--bucket`, access.yaml or policies of the roles name, with their
 * settings, sorted by name. Buckets that do not exist or belong to another account are skipped. A
 * bucket with a refused call is left out: what was not read completely is not adopted.
 * @throws ProjectError `bucket-missing` (exit 2) for a bucket of `--bucket`
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
    message: `bucket "${name}" does not exist in account ${account}`,
    found: name,
    fix: "check the name passed to --bucket, and the account",
    exitCode: 2,
  });
}
