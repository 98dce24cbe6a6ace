import type { BucketSetting } from "../../config/model/model";
import { LIFECYCLE_RULE } from "../../config/rules/bucket";
import { isSamePolicy } from "../../iam/language/same-policy";
import { writeTlsOnlyPolicy } from "../../iam/write/buckets/tls-only-policy";
import type { FoundBucket } from "./inventory";

/** How a bucket's settings compare with those that a deploy would set. */
interface BucketMatch {
  /** Settings that differ or were never set, for `keep`. Sorted. */
  readonly keep: readonly BucketSetting[];
  /** ARN of the KMS key, if the encryption is what a deploy would set. */
  readonly kmsKey?: string;
  /** Set if the only lifecycle rule is this project's. */
  readonly keepVersionsDays?: number;
  /** Set if that rule deletes current objects as well. */
  readonly expireDays?: number;
}

/**
 * Compares a bucket's settings with those that a deploy would set. Different ones must stay
 * unmanaged, or the deploy would change them.
 * @param partition `aws`, `aws-cn`, …
 */
export function matchBucket({ name, settings }: FoundBucket, partition: string): BucketMatch {
  const { publicAccess, ownership, versioning, encryption, policy, lifecycle } = settings;
  const [rule, ...others] = lifecycle;
  const days =
    others.length === 0 && rule?.enabled === true && rule.id === LIFECYCLE_RULE
      ? rule.keepsVersionsDays
      : undefined;
  const isOurKey = encryption?.algorithm === "aws:kms" && encryption.bucketKey && isArn(encryption.kmsKey);
  const isOurs: Readonly<Record<BucketSetting, boolean>> = {
    encryption: isOurKey || (encryption?.algorithm === "AES256" && !encryption.bucketKey),
    lifecycle: days !== undefined,
    ownership: ownership === "BucketOwnerEnforced",
    policy: policy !== undefined && isSamePolicy(policy, JSON.stringify(writeTlsOnlyPolicy(name, partition))),
    publicAccess: publicAccess !== undefined && Object.values(publicAccess).every((isOn) => isOn),
    versioning: versioning === "Enabled",
  };
  const settingsOf = Object.entries(isOurs) as readonly (readonly [BucketSetting, boolean])[];
  return {
    keep: settingsOf.flatMap(([setting, same]) => (same ? [] : [setting])).sort(),
    ...(isOurKey && encryption.kmsKey !== undefined ? { kmsKey: encryption.kmsKey } : {}),
    ...(days === undefined ? {} : { keepVersionsDays: days }),
    ...(days === undefined || rule?.expiresDays === undefined ? {} : { expireDays: rule.expiresDays }),
  };
}

/** A deploy writes the key's ARN: for an ID or alias Terraform would show a difference. */
function isArn(key: string | undefined): boolean {
  return key?.startsWith("arn:") === true;
}
