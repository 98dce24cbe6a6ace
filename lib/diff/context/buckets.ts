import { remembered } from "../../collections/remembered";
import { resourceKey } from "./principals";
import { SNAPSHOTS, type Snapshot, type Timeline, textAt } from "./timelines";

/** One bucket and the resources that configure it, in all stacks and modules. */
export interface Bucket {
  /** Its name, or stack and address where that is known only after apply. */
  readonly key: string;
  readonly name: string;
  /** By type; `aws_s3_bucket` is the bucket itself. */
  readonly parts: ReadonlyMap<string, readonly Timeline[]>;
}

const TYPES = [
  ...["aws_s3_bucket", "aws_s3_bucket_policy", "aws_s3_bucket_acl"],
  ...["aws_s3_bucket_ownership_controls", "aws_s3_bucket_public_access_block"],
];

/**
 * Names of buckets are unique in a whole partition of AWS (S3 User Guide, "Bucket naming rules").
 */
export function bucketsOf(byType: ReadonlyMap<string, readonly Timeline[]>): readonly Bucket[] {
  const own = new Map(
    (byType.get("aws_s3_bucket") ?? []).map((one) => [resourceKey(one.stack, one.address), one]),
  );
  const keysOf = (timeline: Timeline): readonly string[] =>
    SNAPSHOTS.flatMap((snapshot) => keyAt(timeline, snapshot, own) ?? []);
  const found = new Map<string, Map<string, Timeline[]>>();
  for (const type of TYPES) {
    for (const timeline of byType.get(type) ?? []) {
      for (const key of new Set(keysOf(timeline))) {
        const parts = remembered(found, key, () => new Map<string, Timeline[]>());
        remembered<string, Timeline[]>(parts, type, () => []).push(timeline);
      }
    }
  }
  return [...found].map(([key, parts]) => ({
    key,
    parts,
    name: own.get(key)?.address ?? (key.includes(": ") ? key.slice(key.indexOf(": ") + 2) : key),
  }));
}

function keyAt(
  timeline: Timeline,
  snapshot: Snapshot,
  own: ReadonlyMap<string, Timeline>,
): string | undefined {
  const { stack, address, type, at, links } = timeline;
  const attributes = at[snapshot];
  if (attributes === undefined) return undefined;
  const name = textAt(attributes, "bucket");
  if (name !== undefined) return name;
  if (type === "aws_s3_bucket") return resourceKey(stack, address);
  const [linked, ...others] = links.bucket ?? [];
  const bucket = linked === undefined || others.length > 0 ? undefined : own.get(resourceKey(stack, linked));
  return bucket === undefined
    ? resourceKey(stack, address)
    : (textAt(bucket.at[snapshot], "bucket") ?? resourceKey(stack, bucket.address));
}

/** The bucket's resource of that type in that snapshot. */
export function bucketPartAt({ parts, key }: Bucket, type: string, snapshot: Snapshot): Timeline | undefined {
  return (parts.get(type) ?? []).find(({ at }) => {
    const name = textAt(at[snapshot], "bucket");
    return at[snapshot] !== undefined && (name === undefined || name === key);
  });
}
