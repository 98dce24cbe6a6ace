/** A step of a job in CircleCI's own form: its name, or a map of its name and parameters. */
export type CircleCiStep = string | Readonly<Record<string, unknown>>;

/** Names of environment variables that hold a registry's credentials; contexts set them. */
export interface ImageCredentials {
  readonly username: string;
  readonly password: string;
}

/** Where and how a job runs. What is undefined is CircleCI's default. */
export interface JobSettings {
  /** Of a private image. */
  readonly imageCredentials?: ImageCredentials;
  /** The name of an executor of the configuration, instead of an image. */
  readonly executor?: string;
  readonly resourceClass?: string;
  /** Environment variables of the job, in the order of the file. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Steps right after the checkout, and steps at the end. */
  readonly steps?: { readonly before: readonly CircleCiStep[]; readonly after: readonly CircleCiStep[] };
}

/** How a folder is uploaded to a bucket, beside which folder it is. */
export interface Upload {
  /** Whether objects that the folder does not have are deleted. */
  readonly delete: boolean;
  /** Patterns of files that are not uploaded and not deleted. */
  readonly exclude: readonly string[];
  /** The `Cache-Control` of the files of a pattern; the first that matches counts. */
  readonly cache: readonly { readonly files: string; readonly control: string }[];
}

/**
 * What the jobs of a project's generated pipeline do beside assuming their roles. Lists are in the
 * order of the file.
 */
export interface ProjectPipeline extends JobSettings {
  /** A Docker image. */
  readonly image: string;
  /** Commands before the job has credentials. */
  readonly build: readonly string[];
  /** A folder of the checkout: what is uploaded. */
  readonly publish: string;
  readonly upload?: Upload;
  /** Names of CircleCI contexts. */
  readonly contexts: readonly string[];
  /** How many machines plan the stacks, 1-256; 1 unless the file says more. */
  readonly parallelism?: number;
  /** The workflow of the configuration that the jobs join. Undefined: one of the project's key. */
  readonly workflow?: string;
  /** Jobs of that workflow that have to succeed before the first of ours. */
  readonly after?: readonly string[];
  /** A boolean pipeline parameter without which the project's own workflow does not run. */
  readonly parameter?: string;
  /**
   * What the jobs' names begin with. Undefined: nothing, because no other project of the file has
   * the same repository.
   */
  readonly jobPrefix?: string;
}

/** The same of one role's job. */
export interface RolePipeline extends JobSettings {
  /** Instead of the project's. */
  readonly image?: string;
  /** Commands with the role's credentials. */
  readonly run: readonly string[];
  /** Beside the project's. */
  readonly contexts: readonly string[];
  /**
   * Keys of roles of the project, and names of jobs of the workflow, whose jobs go first.
   * Undefined: the roles that are assumed from more refs. Empty: none.
   */
  readonly after?: readonly string[];
  /** The job's name. Undefined: the role's key. */
  readonly job?: string;
  /** The name of an approval that the job waits for. */
  readonly approval?: string;
  readonly publish?: string;
  readonly upload?: Upload;
}
