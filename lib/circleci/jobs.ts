import type { Project, Role } from "../access/model";
import { roleArn } from "../iam/role-arn";
import { rolesBefore } from "./job-order";
import { refFilter } from "./ref-filter";

/** The official orb at the version that was read and tried. It sends the V2 token, which names branch and repository. */
export const ORB = "circleci/aws-cli@5.4.1";

export type Step =
  | string
  | { readonly run: Run }
  | { readonly "aws-cli/setup": Readonly<Record<string, string>> };

interface Run {
  readonly name: string;
  readonly command: string;
}

/** A job of a config, as CircleCI reads it. */
export interface Job {
  readonly description: string;
  readonly docker: readonly { readonly image: string }[];
  readonly resource_class?: string;
  readonly steps: readonly Step[];
}

/** How a workflow starts a job. */
export interface JobStart {
  readonly filters?: string;
  readonly requires?: readonly string[];
  readonly context?: readonly string[];
}

export interface NamedJob {
  /** The role's key. */
  readonly name: string;
  readonly job: Job;
  readonly start: JobStart;
}

/** What a description begins with, by which a job is known as ours. */
export function descriptionPrefix(project: Pick<Project, "key">): string {
  return `cdktf-circleci-oidc, project ${project.key}:`;
}

/** Why the session's name is made in a step: CircleCI gives no variable that says who and what within IAM's 64 characters. */
const NAME_SESSION = [
  "# Who and what, in the letters and the 64 characters that IAM allows.",
  "plain() { printf '%s' \"$1\" | tr -c 'A-Za-z0-9=,.@_-' '-'; }",
  'who=$(plain "${CIRCLE_USERNAME:-unknown}")',
  'what=$(plain "${CIRCLE_BUILD_NUM}.${CIRCLE_JOB}")',
  'session=$(printf \'%.24s.%s\' "$who" "$what" | cut -c 1-64)',
  'echo "export OIDC_SESSION_NAME=$session" >> "$BASH_ENV"',
].join("\n");

/** The jobs of a project's pipeline: one for each role, those that go first first. */
export function projectJobs(project: Project): readonly NamedJob[] {
  const withTags = project.roles.some(
    ({ grant: { refs } }) => refs.kind === "listed" && refs.tags.length > 0,
  );
  const jobs = project.roles.map((role): NamedJob & { readonly before: readonly string[] } => {
    const before = rolesBefore(role, project);
    const filters = refFilter(role.grant.refs, withTags);
    const context = [...new Set([...project.pipeline.contexts, ...role.pipeline.contexts])];
    return {
      name: role.key,
      before,
      job: jobOf(project, role),
      start: {
        ...(before.length === 0 ? {} : { requires: before }),
        ...(filters === undefined ? {} : { filters }),
        ...(context.length === 0 ? {} : { context }),
      },
    };
  });
  return inTurn(jobs);
}

/** Each after all that it waits for; by name where nothing else decides. */
function inTurn<T extends { readonly name: string; readonly before: readonly string[] }>(
  jobs: readonly T[],
): readonly T[] {
  const sorted: T[] = [];
  const add = (job: T): void => {
    if (sorted.includes(job)) return;
    for (const one of jobs) if (job.before.includes(one.name)) add(one);
    sorted.push(job);
  };
  for (const job of jobs) add(job);
  return sorted;
}

function jobOf(project: Project, role: Role): Job {
  const { image, resourceClass, build, publish } = project.pipeline;
  const { account, bucket } = role;
  const upload =
    bucket === undefined ? [] : [run(`Upload ${publish}`, `aws s3 sync ${publish} s3://${bucket.name}`)];
  return {
    description: `${descriptionPrefix(project)} a job of role ${role.key}. Written by \`oidc pipeline\`; change access.yaml instead.`,
    docker: [{ image }],
    ...(resourceClass === undefined ? {} : { resource_class: resourceClass }),
    steps: [
      "checkout",
      ...build.map((command) => run(command, command)),
      run("Name the session", NAME_SESSION),
      {
        "aws-cli/setup": {
          role_arn: roleArn(role),
          role_session_name: "${OIDC_SESSION_NAME}",
          region: account.region,
        },
      },
      run("Say who this is", "aws sts get-caller-identity"),
      ...upload,
      ...role.pipeline.run.map((command) => run(command, command)),
    ],
  };
}

function run(name: string, command: string): Step {
  return { run: { name, command } };
}
