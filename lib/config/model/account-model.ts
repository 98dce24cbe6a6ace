export interface Account {
  readonly key: string;
  /** 12 digits. */
  readonly id: string;
  readonly region: string;
  /** Follows from the region: `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string;
  readonly stateBucket: string;
  /** How OpenTofu encrypts states and plan files. Undefined: not; S3 encrypts all the same. */
  readonly stateEncryption?: StateEncryption;
  /**
   * Maximum length of a trust policy in characters, 2,048-8,192: the account's IAM quota "Role
   * trust policy length".
   */
  readonly trustPolicyQuota: number;
  /**
   * The permissions boundary of every role that does not run Terraform. Undefined: roles may have
   * boundaries of their own.
   */
  readonly boundary?: Boundary;
  readonly provider: AccountProvider;
}

/** How OpenTofu encrypts states and plan files (OpenTofu docs, "State and Plan Encryption"). */
export type StateEncryption = {
  /** Whether states that are not encrypted yet are read, too. */
  readonly migrates: boolean;
} & (
  | { readonly keyProvider: "aws_kms"; readonly kmsKey: string }
  /** The passphrase is in TF_ENCRYPTION. */
  | { readonly keyProvider: "pbkdf2" }
);

/** Settings of the account's OIDC provider. */
export interface AccountProvider extends ResourceOptions {
  /** Audiences in addition to those of the account's roles, sorted. */
  readonly audiences: readonly string[];
  /** Sorted by key. */
  readonly awsTags: Readonly<Record<string, string>>;
}

/** How Terraform manages a resource. */
export interface ResourceOptions {
  /** Whether the resource has the project's default tags. */
  readonly defaultTags: boolean;
  /** True: Terraform rejects every plan that would destroy the resource. */
  readonly isProtected: boolean;
}

/** The permissions boundary of an account's roles. */
export interface Boundary {
  /** ARN of a managed policy. */
  readonly arn: string;
  /**
   * `computed`: written from access.yaml, because a role of the account applies. `named`: a managed
   * policy that access.yaml names and this project does not write.
   */
  readonly from: "computed" | "named";
}
