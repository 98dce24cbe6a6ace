/** What is in one AWS account for `adopt`, as AWS has it. Lists are sorted by name. */
export interface Inventory {
  /** 12 digits. */
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  /** Every OIDC provider whose URL is CircleCI's, also those that no token comes through. */
  readonly providers: readonly FoundProvider[];
  /** Roles whose trust policy speaks of CircleCI's tokens. */
  readonly roles: readonly FoundRole[];
  /** Customer-managed policies that one of the roles has, attached or as its boundary. */
  readonly policies: readonly FoundPolicy[];
  readonly buckets: readonly FoundBucket[];
  /** What could not be read. Not empty: there may be more than is listed here. */
  readonly unseen: readonly RefusedCall[];
}

export type Tags = Readonly<Record<string, string>>;

/** What a provider's URL is to the organization of access.yaml. */
export type ProviderKind = "own" | "trailing-slash" | "other-organization" | "shared-issuer" | "other";

export interface FoundProvider {
  readonly arn: string;
  /** With `https://`, which AWS leaves out. */
  readonly url: string;
  readonly kind: ProviderKind;
  readonly audiences: readonly string[];
  readonly thumbprints: readonly string[];
  readonly tags: Tags;
}

export interface FoundRole {
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  /** Undefined: it has none. */
  readonly description?: string;
  readonly sessionSeconds: number;
  /** The trust policy's JSON as AWS has it, decoded. */
  readonly trust: string;
  readonly inline: readonly { readonly name: string; readonly document: string }[];
  /** ARNs. */
  readonly attached: readonly string[];
  /** ARN. */
  readonly boundary?: string;
  readonly tags: Tags;
}

export interface FoundPolicy {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  /** JSON of the default version. */
  readonly document: string;
}

export interface FoundBucket {
  readonly name: string;
  /** Names of roles whose policies name it. */
  readonly pointedAtBy: readonly string[];
  /** Whether the caller asked for it by name. */
  readonly asked: boolean;
  readonly settings: BucketSettings;
  readonly tags: Tags;
  /** Settings that nothing in this project manages, such as `website`: they stay as they are. */
  readonly unmanaged: readonly string[];
}

/** What this project manages of a bucket. Undefined: never set. */
export interface BucketSettings {
  readonly publicAccess?: {
    readonly blockPublicAcls: boolean;
    readonly blockPublicPolicy: boolean;
    readonly ignorePublicAcls: boolean;
    readonly restrictPublicBuckets: boolean;
  };
  /** Such as `BucketOwnerEnforced`. */
  readonly ownership?: string;
  /** `Enabled` or `Suspended`. */
  readonly versioning?: string;
  readonly encryption?: { readonly algorithm: string; readonly kmsKey?: string; readonly bucketKey: boolean };
  /** JSON. */
  readonly policy?: string;
  /** Empty: none. */
  readonly lifecycle: readonly LifecycleRule[];
}

export interface LifecycleRule {
  readonly id?: string;
  readonly enabled: boolean;
  /**
   * Days that old versions are kept, where the rule says that and the end of unfinished uploads
   * after seven days for the whole bucket, and nothing else.
   */
  readonly keepsVersionsDays?: number;
}

/** A call that AWS refused. */
export interface RefusedCall {
  /** Such as `iam:GetRole`. */
  readonly call: string;
  /** Name or ARN of what was asked about. */
  readonly object: string;
  /** AWS's code, such as `AccessDenied`. */
  readonly code: string;
}

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** AWS's list of tags as a map, sorted by key. */
export function tagsOf(tags: readonly Tag[] | undefined): Tags {
  const entries = (tags ?? []).map(({ Key: key = "", Value: value = "" }): [string, string] => [key, value]);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
