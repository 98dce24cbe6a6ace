import type { Issuer } from "../../token/issuer";
import type { IdentityStatement } from "../schema/statement-schema";
import type { Account, ResourceOptions } from "./account-model";
import type { Bucket, ProjectBucket } from "./bucket-model";
import type { DatedEntry } from "./dated-entries";
import type { Deploys } from "./deploys-model";
import type { Grant, Person } from "./grant-model";
import type { ProjectPipeline, RolePipeline } from "./pipeline-model";

export type { BucketSetting } from "../rules/bucket";
export type { IdentityStatement } from "../schema/statement-schema";
export type { Account, AccountProvider, Boundary, ResourceOptions } from "./account-model";
export type { Bucket, ProjectBucket } from "./bucket-model";
export type { DatedEntry } from "./dated-entries";
export type { Grant, GrantedPeople, GrantedPerson, GrantedRefs, Person } from "./grant-model";
export type { Period, Periods } from "./period";
export type { RefPattern } from "./ref-pattern";

/**
 * A valid access.yaml with every name resolved, every default set and every list sorted by key.
 * Independent of the order of the file. The rest of the program relies on these types and does not
 * check them again.
 */
export interface Access {
  /** Sorted by name; at least one, and several only where the file says `organizations`. */
  readonly organizations: readonly Organization[];
  /** Sorted by key; at least one. */
  readonly accounts: readonly Account[];
  /** Sorted by name. */
  readonly people: readonly Person[];
  /** Sorted by key; may be empty. */
  readonly projects: readonly AnyProject[];
  /**
   * The version or version constraint of the AWS provider. Undefined: `DEFAULT_AWS_PROVIDER`.
   */
  readonly awsProvider?: string;
  /** Services whose actions in statements are not checked. Undefined: none. */
  readonly knownServices?: readonly string[];
  /** Entries of the file that have a period. Undefined: none. */
  readonly dated?: readonly DatedEntry[];
}

export interface Organization {
  /** Its name in `organizations`. Undefined: the file has one organization, without a name. */
  readonly key?: string;
  /**
   * Whether projects belong to it without naming it. At most one; always true where there is only
   * one.
   */
  readonly isDefault: boolean;
  /** CircleCI's organization UUID, lower case, 36 characters. */
  readonly id: string;
  /** The `aud` claim of tokens. Default: the organization's UUID. */
  readonly audience: string;
  /** The host of the CircleCI Server that signs the tokens. Undefined: CircleCI's cloud. */
  readonly server?: string;
}

/** A project of the file: one CircleCI project, or a collection of hand-written roles. */
export interface AnyProject {
  readonly key: string;
  /**
   * CircleCI's project UUID, lower case, 36 characters. Undefined only if every role is
   * hand-written.
   */
  readonly id?: string;
  /**
   * The repository whose refs are granted, as CircleCI writes it: `github.com/acme/website`.
   * Undefined only if every role is hand-written.
   */
  readonly repository?: string;
  /** The organization that the project belongs to, whose issuer signs its tokens. */
  readonly organization: Organization;
  /** The `aud` claim of the project's tokens. */
  readonly audience: string;
  readonly pipeline: ProjectPipeline;
  /** Sorted by key; at least one. */
  readonly roles: readonly AnyRole[];
  /** Buckets of the project that are not the bucket of a role; sorted by key. */
  readonly buckets: readonly ProjectBucket[];
}

/** A project with jobs that may assume roles. `roles` are those with a grant. */
export interface Project extends AnyProject {
  readonly id: string;
  readonly repository: string;
  /** Sorted by key; at least one. */
  readonly roles: readonly Role[];
}

/** A role of the file, with a proven or a hand-written trust policy. */
export type AnyRole = Role | HandWrittenRole;

/**
 * A role whose trust policy is proven, at every synth, to accept exactly the tokens of its grant.
 */
export interface Role extends RoleBody {
  readonly grant: Grant;
  /** A trust policy file that is used unchanged. Undefined: written from the grant. */
  readonly trust?: RoleDocument;
  /** Set if the role runs Terraform on the stacks of its account; its policies are computed. */
  readonly terraform?: TerraformScope;
}

/** A role with a trust policy file and no grant: what the policy accepts is not proven. */
export interface HandWrittenRole extends RoleBody {
  readonly grant?: undefined;
  readonly trust: RoleDocument;
  readonly terraform?: undefined;
}

/** A policy file. */
export interface RoleDocument {
  /** Path below the folder of access.yaml, with `/`. */
  readonly file: string;
  /** The file's text. */
  readonly text: string;
}

/** An inline policy from a file, which is used unchanged. */
interface NamedDocument extends RoleDocument {
  readonly name: string;
}

/** A role without its trust policy. */
export interface RoleBody extends ResourceOptions {
  readonly key: string;
  readonly account: Account;
  /** The IAM role's name, 1-64 characters. Default: `<project>-<role>`. */
  readonly name: string;
  /** Begins and ends with a slash. */
  readonly path: string;
  /** Empty: no description. */
  readonly description: string;
  /** Maximum session duration in seconds, 3,600-43,200. */
  readonly sessionSeconds: number;
  readonly bucket?: Bucket;
  readonly deploys?: Deploys;
  /** ARNs of managed policies, sorted. */
  readonly policies: readonly string[];
  readonly statements: readonly IdentityStatement[];
  /** Inline policies from files, sorted by name. */
  readonly inlinePolicies: readonly NamedDocument[];
  readonly permissionsBoundary?: string;
  /** Sorted by key. */
  readonly awsTags: Readonly<Record<string, string>>;
  readonly pipeline: RolePipeline;
}

/**
 * `plan` reads what the file declares in the account; `apply` changes it; `watch` compares the
 * account with it, without Terraform.
 */
export type TerraformTask = "plan" | "apply" | "watch";

/** What a role that runs Terraform manages: everything that the file declares in its account. */
export interface TerraformScope {
  readonly task: TerraformTask;
  /** Roles that do not run Terraform, sorted by project and key. */
  readonly roles: readonly AnyRole[];
  /** Buckets of projects, sorted by project and key. */
  readonly buckets: readonly ProjectBucket[];
  /** Roles that run Terraform, including this one. */
  readonly pipelineRoles: readonly Pick<Role, "name" | "path">[];
  /** Issuers of the account's OIDC providers. */
  readonly issuers: readonly Issuer[];
  /** False: the file has other accounts, whose stacks this role does not manage. */
  readonly isOnlyAccount: boolean;
  /** Names of stacks that `apply` may change. */
  readonly stacks: readonly string[];
  /** Names of stacks that only an administrator deploys. */
  readonly administratorStacks: readonly string[];
}
