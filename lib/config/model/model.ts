import type { Account, ResourceOptions } from "./account-model";
import type { Bucket, ProjectBucket } from "./bucket-model";
import type { ProjectPipeline, RolePipeline } from "./pipeline-model";

export type { BucketSetting } from "../rules/bucket";
export type { Account, AccountProvider, Boundary, ResourceOptions } from "./account-model";
export type { Bucket, ProjectBucket } from "./bucket-model";

/**
 * access.yaml after it has been checked: every name resolved, every default filled in, every list
 * sorted by key. Nothing here depends on the order of the file. The rest of the program trusts
 * these types and checks nothing again.
 */
export interface Access {
  readonly organization: Organization;
  /** Sorted by key; at least one. */
  readonly accounts: readonly Account[];
  /** Sorted by name. */
  readonly people: readonly Person[];
  /** Sorted by key; may be empty. */
  readonly projects: readonly AnyProject[];
}

export interface Organization {
  /** CircleCI's organization UUID, lower case, 36 characters. */
  readonly id: string;
  /** The token's `aud`: the organization's UUID unless the file names another. */
  readonly audience: string;
  /** The host of the CircleCI Server that signs its tokens. Undefined: CircleCI's cloud. */
  readonly server?: string;
}

export interface Person {
  readonly name: string;
  /** CircleCI's user UUID, lower case, 36 characters. */
  readonly id: string;
}

/**
 * A project as the file has it: of one CircleCI project, or a home for hand-written roles of no one
 * project.
 */
export interface AnyProject {
  readonly key: string;
  /**
   * CircleCI's project UUID, lower case, 36 characters. Undefined only where every role is
   * hand-written.
   */
  readonly id?: string;
  /**
   * The one origin whose refs count, as CircleCI writes it: `github.com/acme/website`. Undefined
   * only where every role is hand-written.
   */
  readonly repository?: string;
  /** The token's `aud` for this project. */
  readonly audience: string;
  readonly pipeline: ProjectPipeline;
  /** Sorted by key; at least one. */
  readonly roles: readonly AnyRole[];
  /** Buckets that belong to no one role; sorted by key. */
  readonly buckets: readonly ProjectBucket[];
}

/** A project whose jobs assume roles: those of its roles that the file says whom to let in for. */
export interface Project extends AnyProject {
  readonly id: string;
  readonly repository: string;
  /** Sorted by key; at least one. */
  readonly roles: readonly Role[];
}

/** A role of the file, whoever wrote its trust policy. */
export type AnyRole = Role | HandWrittenRole;

/** A role whose trust policy lets in exactly what the file says, by proof at every synth. */
export interface Role extends RoleBody {
  readonly grant: Grant;
  /** A wording of the trust policy that is kept; undefined: it is written from the grant. */
  readonly trust?: RoleDocument;
  /** It runs Terraform on the stacks of its account; its policies follow from them. */
  readonly terraform?: TerraformScope;
}

/**
 * A role whose trust policy is what somebody wrote: the file does not say whom it lets in, and
 * nobody proves it.
 */
export interface HandWrittenRole extends RoleBody {
  readonly grant?: undefined;
  readonly trust: RoleDocument;
  readonly terraform?: undefined;
}

/** A policy that stands in a file of its own. */
export interface RoleDocument {
  /** Path below the folder of access.yaml, with `/`. */
  readonly file: string;
  /** The policy's JSON as it stands there. */
  readonly text: string;
}

/** An inline policy that is kept under its own name, in its own words. */
export interface NamedDocument extends RoleDocument {
  readonly name: string;
}

/** What a role is and may do, without who may assume it. */
export interface RoleBody extends ResourceOptions {
  readonly key: string;
  readonly account: Account;
  /** The IAM role's name, 1-64 characters; `<project>-<role>` unless the file names another. */
  readonly name: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  /** Empty: none. */
  readonly description: string;
  /** Longest session in seconds, 3,600-43,200. */
  readonly sessionSeconds: number;
  readonly bucket?: Bucket;
  /** ARNs of managed policies, sorted. */
  readonly policies: readonly string[];
  readonly statements: readonly IdentityStatement[];
  /** Inline policies beside those that are written from the file, sorted by name. */
  readonly inlinePolicies: readonly NamedDocument[];
  readonly permissionsBoundary?: string;
  /** Sorted by key. */
  readonly awsTags: Readonly<Record<string, string>>;
  readonly pipeline: RolePipeline;
}

/** Whether a role that runs Terraform reads what the file has in its account, or changes it. */
export type TerraformTask = "plan" | "apply";

/** What a role that runs Terraform has to do with: all that the file has in its account. */
export interface TerraformScope {
  readonly task: TerraformTask;
  /** Roles that do not run Terraform, sorted by project and key. */
  readonly roles: readonly AnyRole[];
  /** Buckets that belong to no one role, sorted by project and key. */
  readonly buckets: readonly ProjectBucket[];
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
  /** The host of the CircleCI Server that signs the tokens. Undefined: CircleCI's cloud. */
  readonly server?: string;
  readonly audience: string;
  readonly project: string;
  readonly repository: string;
  readonly people: GrantedPeople;
  readonly refs: GrantedRefs;
}

/**
 * `everyone` is whoever can start a pipeline of the project; `members` is sorted by name, without
 * repeats, never empty.
 */
export type GrantedPeople =
  | { readonly kind: "everyone" }
  | { readonly kind: "listed"; readonly members: readonly Person[] };

/**
 * `any` is every ref of the project's own repository; a list names at least one branch or tag. Both
 * by V2 tokens alone, unless `any` says more.
 */
export type GrantedRefs =
  | {
      readonly kind: "any";
      /**
       * Whether tokens that name no origin and no ref count too: V1, and both tokens of a custom
       * webhook's job. Every job has a V1 token, one that runs a fork's code as well.
       */
      readonly tokensWithoutOrigin: boolean;
    }
  | {
      readonly kind: "listed";
      readonly branches: readonly RefPattern[];
      readonly tags: readonly RefPattern[];
    };

/**
 * A branch or tag name without `refs/heads/` or `refs/tags/`; a prefix stands for every name that
 * begins with it.
 */
export type RefPattern =
  | { readonly kind: "exact"; readonly name: string }
  | { readonly kind: "prefix"; readonly prefix: string };

/**
 * One statement of an identity policy, in IAM's own words and capitals. Values are as the file
 * gives them.
 */
export interface IdentityStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}
