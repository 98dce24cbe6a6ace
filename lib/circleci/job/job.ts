import type { GrantedRefs, Project, Role } from "../../config/model/model";
import type { CircleCiStep, JobSettings } from "../../config/model/pipeline-model";
import { describeDatedPeople } from "../../describe/people";
import { plainText } from "../../describe/phrase";
import { roleArn } from "../../iam/language/arns";

import { escapeReferences } from "./escape-references";
import { SETUP } from "./orb";

export type Step =
  | string
  | { readonly run: Run }
  | { readonly attach_workspace: { readonly at: string } }
  | { readonly persist_to_workspace: { readonly root: string; readonly paths: readonly string[] } }
  | { readonly store_artifacts: { readonly path: string } }
  /** A step of the file, as it is written there. */
  | { readonly asWritten: CircleCiStep }
  /** `<the orb's name in this config>/setup`. */
  | { readonly [setup: `${string}/setup`]: Readonly<Record<string, string>> };

interface Run {
  readonly name: string;
  readonly command: string;
}

/** A job of a config, as CircleCI reads it. */
export interface Job {
  readonly description: string;
  readonly docker?: readonly {
    readonly image: string;
    readonly auth?: { readonly username: string; readonly password: string };
  }[];
  readonly executor?: string;
  readonly resource_class?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly parallelism?: number;
  readonly steps: readonly Step[];
}

/** How a workflow starts a job. */
export interface JobStart {
  /** It waits for approval, and has no steps. */
  readonly type?: "approval";
  readonly filters?: string;
  readonly requires?: readonly string[];
  readonly context?: readonly string[];
}

export interface NamedJob {
  /** The role's key, or a word of ours where a role has several jobs. */
  readonly name: string;
  /** Undefined: an approval, which stands in the workflow alone. */
  readonly job?: Job;
  readonly start: JobStart;
  /** The workflow that it is in. Undefined: the project's. */
  readonly workflow?: string;
  /**
   * Jobs of the configuration among those that it requires, and the refs on which they have to run,
   * without those of `except`. Undefined: it requires none.
   */
  readonly outside?: {
    readonly jobs: readonly string[];
    readonly refs: GrantedRefs;
    readonly except?: GrantedRefs;
  };
}

/** A job in the form of a configuration. */
export function configOf(job: Job): Readonly<Record<string, unknown>> {
  return {
    ...job,
    steps: job.steps.map((step) => (typeof step === "object" && "asWritten" in step ? step.asWritten : step)),
  };
}

/** The name of the approval between plan and apply. */
export const APPROVAL = "approve";

/** What a description begins with, by which a job is known as ours. */
export function descriptionPrefix(project: Pick<Project, "key">): string {
  return `cdktf-circleci-oidc, project ${project.key}:`;
}

/**
 * Why the session's name is made in a step: CircleCI gives no variable that says who and what
 * within IAM's 64 characters.
 */
const NAME_SESSION = [
  "# Who and what, in the letters and the 64 characters that IAM allows.",
  "plain() { printf '%s' \"$1\" | tr -c 'A-Za-z0-9=,.@_-' '-'; }",
  'who=$(plain "${CIRCLE_USERNAME:-unknown}")',
  'what=$(plain "${CIRCLE_BUILD_NUM}.${CIRCLE_JOB}")',
  'session=$(printf \'%.24s.%s\' "$who" "$what" | cut -c 1-64)',
  'echo "export OIDC_SESSION_NAME=$session" >> "$BASH_ENV"',
].join("\n");

/**
 * What every job of a project begins with: what the role says of it, else what the project says.
 * @param what such as `a job of role deploy`
 * @param role whose people with periods are named; undefined: the job assumes none
 */
export function headOf(
  project: Project,
  what: string,
  own: JobSettings & { readonly image?: string } = {},
  role?: Pick<Role, "grant">,
): Omit<Job, "steps"> {
  const all = project.pipeline;
  const executor = own.executor ?? (own.image === undefined ? all.executor : undefined);
  const resourceClass = own.resourceClass ?? all.resourceClass;
  const environment = Object.entries({ ...all.environment, ...own.environment });
  return {
    description: `${descriptionPrefix(project)} ${what}${datedPeople(role)}. Written by \`oidc pipeline\`; change access.yaml instead.`,
    ...(executor === undefined ? { docker: [imageOf(own.image ?? all.image, own, all)] } : { executor }),
    ...(resourceClass === undefined ? {} : { resource_class: resourceClass }),
    ...(environment.length === 0 ? {} : { environment: Object.fromEntries(environment) }),
  };
}

/** So many people are named in the description of a job; the rest is counted. */
const MOST_PEOPLE = 5;

/** Dates and not how soon they are: a pipeline changes only with the file. */
function datedPeople(role: Pick<Role, "grant"> | undefined): string {
  const people = role === undefined ? [] : describeDatedPeople(role.grant.people, MOST_PEOPLE);
  return people.length === 0 ? "" : ` (${escapeReferences(plainText(people))})`;
}

function imageOf(image: string, own: JobSettings, all: JobSettings): NonNullable<Job["docker"]>[number] {
  const credentials = own.imageCredentials ?? all.imageCredentials;
  if (credentials === undefined) return { image };
  return {
    image,
    auth: { username: `$${credentials.username}`, password: `$${credentials.password}` },
  };
}

/**
 * Several CircleCI projects of one repository can read one configuration, and each starts every
 * workflow of it. A job that AWS would deny, because its token names another project, ends before
 * it does anything (CircleCI docs, "Built-in environment variables", `CIRCLE_PROJECT_ID`, and
 * "Ending a job from within a step").
 */
export function onlyInProject({ id, pipeline: { jobPrefix } }: Project): readonly Step[] {
  if (jobPrefix === undefined) return [];
  const command = `if [ "$CIRCLE_PROJECT_ID" != ${id} ]; then circleci-agent step halt; fi`;
  return [run("Stop in pipelines of other projects", command)];
}

/**
 * What the orb asks for unless a job says otherwise, in seconds (circleci/aws-cli 5.4.1,
 * `session_duration` of `setup`).
 */
const USUAL_SESSION_SECONDS = 3600;

/**
 * The steps after which a job has the role's credentials, for as long as the role's `session` says.
 */
export function assume(role: Role): readonly Step[] {
  const { sessionSeconds } = role;
  return [
    run("Name the session", NAME_SESSION),
    {
      [SETUP]: {
        role_arn: roleArn(role),
        role_session_name: "${OIDC_SESSION_NAME}",
        region: role.account.region,
        ...(sessionSeconds === USUAL_SESSION_SECONDS ? {} : { session_duration: String(sessionSeconds) }),
      },
    },
    run("Say who this is", "aws sts get-caller-identity"),
  ];
}

export function run(name: string, command: string): Step {
  return { run: { name: escapeReferences(name), command: escapeReferences(command) } };
}

/** Contexts of a job, each once; nothing where there is none. */
export function contextsOf(...lists: readonly (readonly string[])[]): Pick<JobStart, "context"> {
  const context = [...new Set(lists.flat())];
  return context.length === 0 ? {} : { context };
}
