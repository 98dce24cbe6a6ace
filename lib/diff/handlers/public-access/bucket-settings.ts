import type { Phrase } from "../../../describe/phrase";
import { isJsonObject } from "../../../iam/language/json";
import { type Bucket, bucketPartAt } from "../../context/buckets";
import { whyLater } from "../../context/policy-reading";
import type { Snapshot, Timeline } from "../../context/timelines";
import { BLOCKS } from "../../coverage/compared-attributes";
import { grantsAt } from "./acl-grants";
import { isPhrase, type PublicAccessSettings } from "./settings";

/** The setting by which the owner of the bucket owns every object (S3 User Guide). */
export const ACLS_DISABLED = "ACLs disabled";

/**
 * The settings of a bucket in one snapshot.
 * @param to the later snapshot of the step
 */
export function settingsAt(bucket: Bucket, snapshot: Snapshot, to: Snapshot): PublicAccessSettings {
  const isThere = bucketPartAt(bucket, "aws_s3_bucket", snapshot) !== undefined;
  const isDeclared = (bucket.parts.get("aws_s3_bucket") ?? []).length > 0;
  // A bucket that is made has all blocks on and no ACLs (S3 User Guide, "Default settings for new
  // S3 buckets", since April 2023).
  const isNew =
    isDeclared &&
    (!isThere ||
      bucketPartAt(bucket, "aws_s3_bucket", "current") === undefined ||
      bucketPartAt(bucket, "aws_s3_bucket", to)?.isReplaced === true);
  const block = bucketPartAt(bucket, "aws_s3_bucket_public_access_block", snapshot);
  const ownership = bucketPartAt(bucket, "aws_s3_bucket_ownership_controls", snapshot);
  return new Map([
    ...(isHandled(bucket, "aws_s3_bucket_public_access_block")
      ? blocks(bucket, block, isNew, snapshot, to)
      : []),
    ...(isHandled(bucket, "aws_s3_bucket_ownership_controls")
      ? [[ACLS_DISABLED, ownershipAt(ownership, snapshot, isNew)] as const]
      : []),
    ...grantsAt(bucket, snapshot),
  ]);
}

/**
 * Without an earlier public access block, the settings of an existing bucket are unknown. All that
 * the new block permits counts as new.
 */
function blocks(
  bucket: Bucket,
  block: Timeline | undefined,
  isNew: boolean,
  snapshot: Snapshot,
  to: Snapshot,
): PublicAccessSettings {
  const next = bucketPartAt(bucket, "aws_s3_bucket_public_access_block", to);
  if (block !== undefined || snapshot === to || next === undefined || isNew)
    return blocksAt(block, snapshot, isNew);
  return new Map([...blocksAt(next, to, false)].map(([name, isOn]) => [name, isPhrase(isOn) ? isOn : !isOn]));
}

function isHandled(bucket: Bucket, type: string): boolean {
  return (bucket.parts.get(type) ?? []).length > 0;
}

/** @param otherwise the value of each setting without a public access block */
export function blocksAt(
  timeline: Timeline | undefined,
  snapshot: Snapshot,
  otherwise: boolean,
): PublicAccessSettings {
  const attributes = timeline?.at[snapshot];
  return new Map(
    BLOCKS.map((name): readonly [string, boolean | Phrase] => {
      const value = attributes?.[name];
      if (value === undefined) return [name, attributes === undefined && otherwise];
      if (value.kind === "later") return [name, whyLater(value)];
      if (value.kind === "sensitive") return [name, ["is marked as sensitive"]];
      return [name, value.value === true];
    }),
  );
}

/** Only `BucketOwnerEnforced` turns ACLs off. */
function ownershipAt(
  timeline: Timeline | undefined,
  snapshot: Snapshot,
  otherwise: boolean,
): boolean | Phrase {
  const value = timeline?.at[snapshot]?.rule;
  if (value === undefined) return timeline === undefined && otherwise;
  if (value.kind === "later") return whyLater(value);
  if (value.kind === "sensitive") return ["is marked as sensitive"];
  const [rule] = Array.isArray(value.value) ? value.value.filter(isJsonObject) : [];
  return rule?.object_ownership === "BucketOwnerEnforced";
}
