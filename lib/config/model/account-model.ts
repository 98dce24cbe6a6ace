export interface Account {
  readonly key: string;
  /** 12 digits. */
  readonly id: string;
  readonly region: string;
  /** Follows from the region: `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string;
  readonly stateBucket: string;
  /**
   * Characters that a role's trust policy may have there, 2,048-8,192: the account's quota "Role
   * trust policy length".
   */
  readonly trustPolicyQuota: number;
  /**
   * What bounds every role in it that does not run Terraform. Undefined: only what a role names for
   * itself.
   */
  readonly boundary?: Boundary;
  readonly provider: AccountProvider;
}

/** What the file says of the account's OIDC provider beyond what its roles ask for. */
export interface AccountProvider extends ResourceOptions {
  /** Audiences that it accepts although no role in the file asks for them, sorted. */
  readonly audiences: readonly string[];
  /** Sorted by key. */
  readonly awsTags: Readonly<Record<string, string>>;
}

/** How Terraform treats an object, such as one that was there before it. */
export interface ResourceOptions {
  /** Whether it carries the project's default tags. */
  readonly defaultTags: boolean;
  /** True: Terraform refuses every plan that would destroy it. */
  readonly isProtected: boolean;
}

/** A permissions boundary that an account's roles share. */
export interface Boundary {
  /** Of a managed policy. */
  readonly arn: string;
  /**
   * `computed`: written from the file, because it has a role that applies. `named`: the file names
   * one that somebody else writes.
   */
  readonly from: "computed" | "named";
}
