/**
 * access.yaml after it has been checked: every name resolved, every default filled in, every list sorted by key.
 * Nothing here depends on the order of the file. The rest of the program trusts these types and checks nothing again.
 */
export interface Access {
  readonly organization: Organization;
  /** Sorted by key; at least one. */
  readonly accounts: readonly Account[];
  /** Sorted by name. */
  readonly people: readonly Person[];
  /** Sorted by key; may be empty. */
  readonly projects: readonly Project[];
}

export interface Organization {
  /** CircleCI's organization UUID, lower case, 36 characters. */
  readonly id: string;
  /** The token's `aud`: the organization's UUID unless the file names another. */
  readonly audience: string;
}

export interface Account {
  readonly key: string;
  /** 12 digits. */
  readonly id: string;
  readonly region: string;
  /** Follows from the region: `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string;
  readonly stateBucket: string;
  /** Characters that a role's trust policy may have there, 2,048-8,192: the account's quota "Role trust policy length". */
  readonly trustPolicyQuota: number;
  /** What bounds every role in it that does not run Terraform. Undefined: only what a role names for itself. */
  readonly boundary?: Boundary;
}

/** A permissions boundary that an account's roles share. */
export interface Boundary {
  /** Of a managed policy. */
  readonly arn: string;
  /** `computed`: written from the file, because it has a role that applies. `named`: the file names one that somebody else writes. */
  readonly from: "computed" | "named";
}

export interface Person {
  readonly name: string;
  /** CircleCI's user UUID, lower case, 36 characters. */
  readonly id: string;
}

export interface Project {
  readonly key: string;
  /** CircleCI's project UUID, lower case, 36 characters. */
  readonly id: string;
  /** The one origin whose refs count, as CircleCI writes it: `github.com/acme/website`. */
  readonly repository: string;
  /** The token's `aud` for this project. */
  readonly audience: string;
  readonly pipeline: ProjectPipeline;
  /** Sorted by key; at least one. */
  readonly roles: readonly Role[];
}

/** What the jobs of a project's generated pipeline do beside assuming their roles. Lists are in the order of the file. */
export interface ProjectPipeline {
  /** A Docker image. */
  readonly image: string;
  readonly resourceClass?: string;
  /** Commands before the job has credentials. */
  readonly build: readonly string[];
  /** A folder of the checkout: what is uploaded. */
  readonly publish: string;
  /** Names of CircleCI contexts. */
  readonly contexts: readonly string[];
  /** How many machines plan the stacks, 1-256; 1 unless the file says more. */
  readonly parallelism?: number;
}

/** The same of one role's job. */
export interface RolePipeline {
  /** Commands with the role's credentials. */
  readonly run: readonly string[];
  /** Beside the project's. */
  readonly contexts: readonly string[];
  /** Keys of roles of the project, whose jobs go first. Undefined: those that are assumed from more refs. */
  readonly after?: readonly string[];
}

export interface Role {
  readonly key: string;
  readonly account: Account;
  /** The IAM role's name, 1-64 characters; `<project>-<role>` unless the file names another. */
  readonly name: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  readonly description: string;
  /** Longest session in seconds, 3,600-43,200. */
  readonly sessionSeconds: number;
  readonly grant: Grant;
  readonly bucket?: Bucket;
  /** ARNs of managed policies, sorted. */
  readonly policies: readonly string[];
  readonly statements: readonly IdentityStatement[];
  readonly permissionsBoundary?: string;
  /** It runs Terraform on the stacks of its account; its policies follow from them. */
  readonly terraform?: TerraformRights;
  /** Sorted by key. */
  readonly awsTags: Readonly<Record<string, string>>;
  readonly pipeline: RolePipeline;
}

/** Whether a role that runs Terraform reads what the file has in its account, or changes it. */
export type TerraformTask = "plan" | "apply";

/** What a role that runs Terraform has to do with: all that the file has in its account. */
export interface TerraformRights {
  readonly task: TerraformTask;
  /** Roles that do not run Terraform, sorted by project and key. */
  readonly roles: readonly Role[];
  /** Those that do, this one included. */
  readonly pipelineRoles: readonly Pick<Role, "name" | "path">[];
  /** False: the file has other accounts, whose stacks are not this role's. */
  readonly isOnlyAccount: boolean;
  /** Names of stacks that `apply` may change. */
  readonly stacks: readonly string[];
  /** Names of stacks that only an administrator changes. */
  readonly administratorStacks: readonly string[];
}

/** What one role lets through: the tokens that may assume it, said without any policy. */
export interface Grant {
  readonly organization: string;
  readonly audience: string;
  readonly project: string;
  readonly repository: string;
  readonly people: GrantedPeople;
  readonly refs: GrantedRefs;
}

/** `everyone` is whoever can start a pipeline of the project; `members` is sorted by name, without repeats, never empty. */
export type GrantedPeople =
  | { readonly kind: "everyone" }
  | { readonly kind: "listed"; readonly members: readonly Person[] };

/** `any` is every ref of the repository and tokens without a ref; a list names at least one branch or tag and lets only V2 tokens in. */
export type GrantedRefs =
  | { readonly kind: "any" }
  | {
      readonly kind: "listed";
      readonly branches: readonly RefPattern[];
      readonly tags: readonly RefPattern[];
    };

/** A branch or tag name without `refs/heads/` or `refs/tags/`; a prefix stands for every name that begins with it. */
export type RefPattern =
  | { readonly kind: "exact"; readonly name: string }
  | { readonly kind: "prefix"; readonly prefix: string };

export interface Bucket {
  readonly name: string;
  /** ARN of a KMS key in the bucket's region; without it S3's own key (SSE-S3) is used. */
  readonly kmsKey?: string;
  /** Days that old versions of objects are kept, 1-3,650. */
  readonly keepVersionsDays: number;
  /** True: Terraform may destroy the bucket with all that is in it. False: it is protected. */
  readonly forceDestroy: boolean;
}

/** One statement of an identity policy, in IAM's own words and capitals. Values are as the file gives them. */
export interface IdentityStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}
