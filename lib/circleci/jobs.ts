import type { Project, Role } from "../config/model/model";
import { assume, contextsOf, headOf, type Job, type NamedJob, run, type Step } from "./job";
import { requireDifferentNames } from "./job-names";
import { rolesBefore } from "./job-order";
import { ORB_ALIAS, SETUP } from "./orb";
import { refFilter } from "./ref-filter";
import { terraformJobs } from "./terraform-jobs";

/**
 * The jobs of a project's pipeline, those that go first first: one for each role; for roles that
 * run Terraform a review of pull requests, and plan, approval and apply of what is merged.
 * @throws ProjectError `ref-not-expressible`, `pipeline-never-runs`, `pipeline-clash`,
 * `pipeline-several-accounts` (exit 2)
 */
export function projectJobs(project: Project): readonly NamedJob[] {
  const ordinary = project.roles.filter(({ terraform }) => terraform === undefined);
  const jobs = [...roleJobs({ ...project, roles: ordinary }), ...terraformJobs(project)];
  requireDifferentNames(jobs, project);
  return jobs;
}

function roleJobs(project: Project): readonly NamedJob[] {
  const withTags = project.roles.some(
    ({ grant: { refs } }) => refs.kind === "listed" && refs.tags.length > 0,
  );
  const jobs = project.roles.map((role): NamedJob & { readonly before: readonly string[] } => {
    const before = rolesBefore(role, project);
    const filters = refFilter(role.grant.refs, withTags);
    return {
      name: role.key,
      before,
      job: jobOf(project, role),
      start: {
        ...(before.length === 0 ? {} : { requires: before }),
        ...(filters === undefined ? {} : { filters }),
        ...contextsOf(project.pipeline.contexts, role.pipeline.contexts),
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
  const { build, publish } = project.pipeline;
  const { bucket } = role;
  const upload =
    bucket === undefined ? [] : [run(`Upload ${publish}`, `aws s3 sync ${publish} s3://${bucket.name}`)];
  return {
    ...headOf(project, `a job of role ${role.key}`),
    steps: [
      "checkout",
      ...build.map((command) => run(command, command)),
      ...assume(role),
      ...upload,
      ...role.pipeline.run.map((command) => run(command, command)),
    ],
  };
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
