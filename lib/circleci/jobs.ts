import type { Project, Role } from "../config/model/model";
import type { CircleCiStep, JobSettings } from "../config/model/pipeline-model";
import { deploySteps } from "./deploys/deploy-steps";
import {
  assume,
  contextsOf,
  headOf,
  type Job,
  type NamedJob,
  onlyInProject,
  run,
  type Step,
} from "./job/job";
import { ORB_ALIAS, SETUP } from "./job/orb";
import { requireDifferentNames } from "./job-names";
import { jobsBefore, rolesBefore } from "./job-order";
import { branchesOf, refFilter } from "./ref-filter";
import { terraformJobs } from "./terraform-jobs";
import { uploadSteps } from "./upload";
import { watchJobs } from "./watch-jobs";

/**
 * The jobs of a project's pipeline, those that go first first: one for each role; for roles that
 * run Terraform a review of pull requests, and plan, approval and apply of what is merged; for
 * roles that watch the job of a schedule.
 * @throws ProjectError `ref-not-expressible`, `pipeline-never-runs`, `pipeline-clash` (exit 2)
 */
export function projectJobs(project: Project): readonly NamedJob[] {
  const ordinary = project.roles.filter(({ terraform }) => terraform === undefined);
  const jobs = [
    ...roleJobs({ ...project, roles: ordinary }),
    ...terraformJobs(project),
    ...watchJobs(project),
  ];
  requireDifferentNames(jobs, project);
  return jobs;
}

function roleJobs(project: Project): readonly NamedJob[] {
  const withTags = project.roles.some(
    ({ grant: { refs } }) => refs.kind === "listed" && refs.tags.length > 0,
  );
  return inTurn(project.roles, project).flatMap((role) => jobsOfRole(role, project, withTags));
}

/** A role's job, after the approval that it waits for. */
function jobsOfRole(role: Role, project: Project, withTags: boolean): readonly NamedJob[] {
  const { approval } = role.pipeline;
  const outside = jobsBefore(role, project);
  const requires = [...rolesBefore(role, project).map((key) => nameOfKey(key, project)), ...outside];
  const filters = refFilter(role.grant.refs, withTags);
  const filtered = filters === undefined ? {} : { filters };
  const waits = {
    ...(requires.length === 0 ? {} : { requires }),
    ...filtered,
  };
  const refs = withTags ? role.grant.refs : branchesOf(role.grant.refs);
  const depends = outside.length === 0 ? {} : { outside: { jobs: outside, refs } };
  const { workflow } = role.pipeline;
  const within = workflow === undefined ? {} : { workflow };
  const job = { name: jobName(role, project), job: jobOf(project, role), ...within };
  const context = contextsOf(project.pipeline.contexts, role.pipeline.contexts);
  if (approval === undefined) return [{ ...job, start: { ...waits, ...context }, ...depends }];
  return [
    { name: approval, start: { type: "approval", ...waits }, ...depends, ...within },
    { ...job, start: { requires: [approval], ...filtered, ...context } },
  ];
}

/**
 * The name of a role's job: the one that the file gives, else its key, made different where needed.
 */
export function jobName({ key, pipeline }: Pick<Role, "key" | "pipeline">, project: Project): string {
  return pipeline.job ?? `${project.pipeline.jobPrefix ?? ""}${key}`;
}

function nameOfKey(key: string, project: Project): string {
  const role = project.roles.find((one) => one.key === key);
  if (role === undefined) throw new Error(`no role ${key}`);
  return jobName(role, project);
}

/** Each after all that it waits for; by key where nothing else decides. */
function inTurn(roles: readonly Role[], project: Project): readonly Role[] {
  const sorted: Role[] = [];
  const add = (role: Role): void => {
    if (sorted.includes(role)) return;
    const before = rolesBefore(role, project);
    for (const one of roles) if (before.includes(one.key)) add(one);
    sorted.push(role);
  };
  for (const role of roles) add(role);
  return sorted;
}

function jobOf(project: Project, role: Role): Job {
  const { build, publish, upload, steps } = project.pipeline;
  const own = role.pipeline;
  return {
    ...headOf(project, `a job of role ${role.key}`, own, role),
    steps: [
      ...onlyInProject(project),
      "checkout",
      ...given(steps?.before),
      ...given(own.steps?.before),
      ...build.map((command) => run(command, command)),
      ...assume(role),
      ...uploadSteps(role, own.publish ?? publish, own.upload ?? upload),
      ...deploySteps(role, hasDocker(project, role), terraformProgram(project.pipeline, role.pipeline)),
      ...own.run.map((command) => run(command, command)),
      ...given(own.steps?.after),
      ...given(steps?.after),
    ],
  };
}

/** Jobs of people who use OpenTofu name it as this project does. */
function terraformProgram(all: JobSettings, own: JobSettings): string {
  return { ...all.environment, ...own.environment }.TERRAFORM_BINARY_NAME ?? "terraform";
}

/** An executor of the configuration can be a machine, on which `setup_remote_docker` fails. */
function hasDocker({ pipeline }: Project, { pipeline: own }: Role): boolean {
  if (own.executor !== undefined || (own.image === undefined && pipeline.executor !== undefined)) return true;
  const before = [...(pipeline.steps?.before ?? []), ...(own.steps?.before ?? [])];
  return before.some(
    (step) => (typeof step === "string" ? step : Object.keys(step)[0]) === "setup_remote_docker",
  );
}

function given(steps: readonly CircleCiStep[] = []): readonly Step[] {
  return steps.map((asWritten) => ({ asWritten }));
}

/** The jobs, with the steps of the orb under the name that it has in a configuration. */
export function withOrb(jobs: readonly NamedJob[], alias: string): readonly NamedJob[] {
  if (alias === ORB_ALIAS) return jobs;
  const renamed = (step: Step): Step =>
    typeof step === "object" && SETUP in step ? { [`${alias}/setup`]: step[SETUP] } : step;
  return jobs.map((one) =>
    one.job === undefined ? one : { ...one, job: { ...one.job, steps: one.job.steps.map(renamed) } },
  );
}
