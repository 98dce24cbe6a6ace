import type { LifecycleRule } from "@aws-sdk/client-s3";
import { ruleOf } from "../../lib/adopt/discover/bucket-settings";
import { matchBucket } from "../../lib/adopt/inventory/bucket-match";

const ours: LifecycleRule = {
  ID: "expire-old-versions",
  Status: "Enabled",
  Filter: { Prefix: "" },
  NoncurrentVersionExpiration: { NoncurrentDays: 30 },
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
};

function matched(...rules: readonly LifecycleRule[]) {
  const settings = { lifecycle: rules.map(ruleOf) };
  const { keep, ...days } = matchBucket(
    { name: "acme-website", tags: {}, settings, pointedAtBy: [], asked: true, unmanaged: [] },
    "aws",
  );
  return { ...days, keepsLifecycle: keep.includes("lifecycle") };
}

test.each<[name: string, rules: readonly LifecycleRule[], expected: ReturnType<typeof matched>]>([
  ["a deploy's rule", [ours], { keepVersionsDays: 30, keepsLifecycle: false }],
  [
    "with an expiration in days",
    [{ ...ours, Expiration: { Days: 14 } }],
    { keepVersionsDays: 30, expireDays: 14, keepsLifecycle: false },
  ],
  [
    "with an expiration on a date",
    [{ ...ours, Expiration: { Date: new Date(0) } }],
    { keepsLifecycle: true },
  ],
  [
    "with an expiration of delete markers",
    [{ ...ours, Expiration: { ExpiredObjectDeleteMarker: true } }],
    { keepsLifecycle: true },
  ],
  ["for one prefix", [{ ...ours, Filter: { Prefix: "previews/" } }], { keepsLifecycle: true }],
  ["and another rule", [ours, { ...ours, ID: "other" }], { keepsLifecycle: true }],
  ["with another name", [{ ...ours, ID: "other" }], { keepsLifecycle: true }],
  ["none", [], { keepsLifecycle: true }],
])("the lifecycle of a bucket: %s", (_, rules, expected) => {
  expect(matched(...rules)).toEqual(expected);
});
