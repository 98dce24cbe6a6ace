import { oidcInJob } from "../command-name";
import type { Project, Role } from "../config/model/model";
import type { Watch } from "../config/model/pipeline-model";
import { assume, contextsOf, headOf, type NamedJob, run } from "./job/job";
import { installing, prefixed } from "./planning-job";
import { refFilter } from "./ref-filter";

/** The name of the schedule in CircleCI, and of the workflow that it starts. */
const SCHEDULE = "oidc-watch";

/** What makes the run fail: what anyone gained, or got, besides what the file grants. */
const FAIL_ON = "broader,drift,unknown,assumption,changed,finding:high";

/** The schedule's name: projects that share a configuration have one each. */
export function watchSchedule(project: Project): string {
  return prefixed(SCHEDULE, project);
}

/**
 * The condition of the schedule's workflow: a pipeline that it started, and no other (CircleCI
 * docs, "Schedule triggers with multiple workflows").
 */
export function watchCondition(project: Project): string {
  return `pipeline.trigger_source == "scheduled_pipeline" and pipeline.schedule.name == "${watchSchedule(project)}"`;
}

/** The condition that keeps the schedule from starting the project's other jobs. */
export function otherThanWatch(project: Project): string {
  return `pipeline.schedule.name != "${watchSchedule(project)}"`;
}

/**
 * The jobs that a schedule starts: for each role that watches its account, one that compares and
 * tells. None, unless the project says how often.
 */
export function watchJobs(project: Project): readonly NamedJob[] {
  const { watch } = project.pipeline;
  if (watch === undefined) return [];
  return project.roles
    .filter(({ terraform }) => terraform?.task === "watch")
    .map((role) => watchJob(project, role, watch));
}

function watchJob(project: Project, role: Role, { every, accept }: Watch): NamedJob {
  const filters = refFilter(role.grant.refs, false);
  const account = role.terraform?.isOnlyAccount === true ? "" : ` --account ${role.account.key}`;
  const accepted = accept === undefined ? "" : ` --accept-file ${accept}`;
  return {
    name: prefixed(role.key, project),
    workflow: watchSchedule(project),
    job: {
      ...headOf(
        project,
        `watches the account, as role ${role.key}, started ${every} by the schedule ${watchSchedule(project)}`,
        {},
        role,
      ),
      steps: [
        ...installing(project),
        ...assume(role),
        run("Watch", `${oidcInJob("watch")} --once${account} --fail-on ${FAIL_ON}${accepted}`),
      ],
    },
    start: {
      ...(filters === undefined ? {} : { filters }),
      ...contextsOf(project.pipeline.contexts, role.pipeline.contexts),
    },
  };
}
