import type { BucketSetting } from "../../config/model/model";
import { LIFECYCLE_RULE } from "../../config/rules/bucket";
import { isSamePolicy } from "../../iam/language/same-policy";
import { writeTlsOnlyPolicy } from "../../iam/write/buckets/tls-only-policy";
import type { FoundBucket } from "./inventory";

/** How a bucket's settings relate to those that this project gives to a bucket of its own. */
export interface BucketMatch {
  /** What differs, or was never set: it stays as it is. Sorted. */
  readonly keep: readonly BucketSetting[];
  /** ARN of the key, where objects are encrypted with one as ours would be. */
  readonly kmsKey?: string;
  /** Where the lifecycle rule is ours. */
  readonly keepVersionsDays?: number;
}

/**
 * Which settings of a bucket are exactly what a deploy would set. Anything else has to stay
 * unmanaged, or the deploy would change it.
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
  };
}

/** A key by its id or alias is not what a deploy would write: Terraform would see another text. */
function isArn(key: string | undefined): boolean {
  return key?.startsWith("arn:") === true;
}
