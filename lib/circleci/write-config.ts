import { Document } from "yaml";
import type { Project } from "../config/model/model";
import { configOf, type NamedJob } from "./job/job";
import { ORB, ORB_ALIAS } from "./job/orb";
import { projectJobs } from "./jobs";
import { approvalMark, workflowOf, workflowsOf } from "./our-items";
import { requireOutsideJobs } from "./outside-jobs";
import { otherThanWatch, watchCondition, watchSchedule } from "./watch-jobs";

const HEADING = ` The jobs that assume roles are written by cdktf-circleci-oidc from access.yaml.
 They need no secret and no context: AWS verifies the token that CircleCI signs for each job.`;

/**
 * A project's whole `.circleci/config.yml`, for a repository that has none.
 * @throws ProjectError `ref-not-expressible`, `pipeline-never-runs` (exit 2)
 */
export function writeConfig(project: Project): string {
  const jobs = projectJobs(project);
  requireOutsideJobs(jobs, project, undefined, "");
  const parameters = parametersOf(project);
  const document = new Document(
    {
      version: 2.1,
      ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
      orbs: { [ORB_ALIAS]: ORB },
      jobs: Object.fromEntries(
        jobs.flatMap(({ name, job }) => (job === undefined ? [] : [[name, configOf(job)]])),
      ),
      workflows: Object.fromEntries(
        workflowsOf(project, jobs).map((name) => {
          const own = jobs.filter((job) => workflowOf(project, job) === name);
          return [name, { ...conditionOf(project, name), jobs: own.map(startOf) }];
        }),
      ),
    },
    { aliasDuplicateObjects: false },
  );
  document.commentBefore = HEADING;
  return withApprovalMarks(document.toString({ lineWidth: 0 }), jobs, project);
}

/** Rendered elements of a workflow, with the mark behind the first line of each approval. */
export function withApprovalMarks(rendered: string, jobs: readonly NamedJob[], project: Project): string {
  const approvals = new Set(jobs.filter(({ job }) => job === undefined).map(({ name }) => name));
  return rendered
    .split("\n")
    .map((line) => {
      const [, name = ""] = /^\s*- "?([^":]+)"?:$/.exec(line) ?? [];
      return approvals.has(name) ? `${line} ${approvalMark(project)}` : line;
    })
    .join("\n");
}

/**
 * The condition of a workflow: of the project's own alone, and none in one that its jobs join. A
 * schedule starts every workflow, unless a condition says otherwise; with a parameter, which is
 * false by default, one does.
 */
export function conditionOf(project: Project, workflow: string): { readonly when?: string } {
  const { parameter, watch } = project.pipeline;
  if (watch !== undefined && workflow === watchSchedule(project)) return { when: watchCondition(project) };
  if (workflow !== workflowOf(project)) return {};
  if (parameter !== undefined) return { when: `<< pipeline.parameters.${parameter} >>` };
  const isOwn = project.pipeline.workflow === undefined;
  return watch === undefined || !isOwn ? {} : { when: otherThanWatch(project) };
}

/** The pipeline parameters that the configuration has to declare. */
export function parametersOf({ pipeline: { parameter } }: Project): Readonly<Record<string, object>> {
  return parameter === undefined ? {} : { [parameter]: { type: "boolean", default: false } };
}

/** The element of a workflow's list. */
export function startOf({ name, start }: NamedJob): string | Readonly<Record<string, NamedJob["start"]>> {
  return Object.keys(start).length === 0 ? name : { [name]: start };
}
