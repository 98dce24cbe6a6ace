/** A CircleCI step: its name, or a map from its name to its parameters. */
export type CircleCiStep = string | Readonly<Record<string, unknown>>;

/** Names of environment variables that hold a registry's credentials; contexts set them. */
interface ImageCredentials {
  readonly username: string;
  readonly password: string;
}

/** Settings of a job. Undefined: CircleCI's default. */
export interface JobSettings {
  /** The credentials of a private image. */
  readonly imageCredentials?: ImageCredentials;
  /** An executor of the configuration, which replaces the image. */
  readonly executor?: string;
  readonly resourceClass?: string;
  /** Environment variables of the job, in the order of the file. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Steps after the checkout, and steps at the end. */
  readonly steps?: { readonly before: readonly CircleCiStep[]; readonly after: readonly CircleCiStep[] };
}

/** Options of an upload to a bucket. */
export interface Upload {
  /**
   * `branch`: files are uploaded below the branch's name, those of a tag below `.tags/` and its
   * name. Undefined: to the top of the bucket.
   */
  readonly prefix?: "branch";
  /** Whether objects that are not in the folder are deleted. */
  readonly delete: boolean;
  /** Patterns of files that are not uploaded and not deleted. */
  readonly exclude: readonly string[];
  /** `Cache-Control` by a pattern of files; the first pattern that matches is used. */
  readonly cache: readonly { readonly files: string; readonly control: string }[];
}

/** What a schedule starts. */
export interface Watch {
  readonly every: "daily" | "weekly";
  /** A file of the checkout with what the runs accept. Undefined: none. */
  readonly accept?: string;
}

/** Settings of a project's generated pipeline. Lists are in the order of the file. */
export interface ProjectPipeline extends JobSettings {
  /** A Docker image. */
  readonly image: string;
  /** Commands before the job has credentials. */
  readonly build: readonly string[];
  /** The folder of the checkout that is uploaded. */
  readonly publish: string;
  readonly upload?: Upload;
  /** Names of CircleCI contexts. */
  readonly contexts: readonly string[];
  /** Machines that plan the stacks, 1-256. Undefined: 1. */
  readonly parallelism?: number;
  /** The workflow that the jobs join. Undefined: a workflow named by the project's key. */
  readonly workflow?: string;
  /** Jobs of the workflow that must succeed before the first generated job. */
  readonly after?: readonly string[];
  /** A boolean pipeline parameter that must be true for the project's workflow to run. */
  readonly parameter?: string;
  /** The jobs of the roles that watch. Undefined: they have none. */
  readonly watch?: Watch;
  /**
   * The prefix of the jobs' names. Undefined: no other project of the file has the same repository.
   */
  readonly jobPrefix?: string;
}

/** Settings of one role's job. */
export interface RolePipeline extends JobSettings {
  /** Replaces the project's image. */
  readonly image?: string;
  /** Commands with the role's credentials. */
  readonly run: readonly string[];
  /** In addition to the project's. */
  readonly contexts: readonly string[];
  /**
   * Keys of the project's roles, and jobs of the workflow, that run first. Undefined: the roles
   * that may be assumed from more refs. Empty: none.
   */
  readonly after?: readonly string[];
  /** The workflow that the job joins. Undefined: the project's. */
  readonly workflow?: string;
  /** The job's name. Undefined: the role's key. */
  readonly job?: string;
  /** The approval job before this job. */
  readonly approval?: string;
  readonly publish?: string;
  readonly upload?: Upload;
}
