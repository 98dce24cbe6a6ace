/** The objects of one AWS account that concern `adopt`. Lists are sorted by name. */
export interface Inventory {
  /** 12 digits. */
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  /** Every OIDC provider with a URL of CircleCI, including those that accept no token. */
  readonly providers: readonly FoundProvider[];
  /** Roles whose trust policy concerns CircleCI's tokens. */
  readonly roles: readonly FoundRole[];
  /** Customer-managed policies that are attached to a role or its permissions boundary. */
  readonly policies: readonly FoundPolicy[];
  readonly buckets: readonly FoundBucket[];
  /** Calls that AWS refused. Not empty: the inventory may be incomplete. */
  readonly unseen: readonly RefusedCall[];
}

export type Tags = Readonly<Record<string, string>>;

/** How a provider's URL relates to the organizations of access.yaml. */
export type ProviderKind = "own" | "trailing-slash" | "other-organization" | "shared-issuer" | "other";

export interface FoundProvider {
  readonly arn: string;
  /** With `https://`, which AWS omits. */
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
  /** Undefined: none. */
  readonly description?: string;
  readonly sessionSeconds: number;
  /** JSON of the trust policy, decoded. */
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
  /** Whether `--bucket` names it. */
  readonly asked: boolean;
  readonly settings: BucketSettings;
  readonly tags: Tags;
  /** Settings that this project does not manage, such as `website`; they are kept. */
  readonly unmanaged: readonly string[];
}

/** The bucket settings that this project manages. Undefined: never set. */
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
   * Days that noncurrent versions are kept, if for the whole bucket the rule does that, aborts
   * incomplete uploads after seven days, and nothing else except `expiresDays`.
   */
  readonly keepsVersionsDays?: number;
  /** Days after which current objects are deleted, of a rule with `keepsVersionsDays`. */
  readonly expiresDays?: number;
}

/** A call that AWS refused. */
export interface RefusedCall {
  /** Such as `iam:GetRole`. */
  readonly call: string;
  /** Name or ARN of the object. */
  readonly object: string;
  /** AWS's error code, such as `AccessDenied`. */
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
