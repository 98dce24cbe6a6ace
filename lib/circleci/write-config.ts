import { Document } from "yaml";
import type { Project } from "../config/model/model";
import type { NamedJob } from "./job";
import { projectJobs } from "./jobs";
import { ORB, ORB_ALIAS } from "./orb";

const HEADING = ` The jobs that assume roles are written by cdktf-circleci-oidc from access.yaml.
 They need no secret and no context: AWS believes the token that CircleCI signs for each job.`;

/**
 * A project's whole `.circleci/config.yml`, for a repository that has none.
 * @throws ProjectError `ref-not-expressible`, `pipeline-never-runs` (exit 2)
 */
export function writeConfig(project: Project): string {
  const jobs = projectJobs(project);
  const document = new Document({
    version: 2.1,
    orbs: { [ORB_ALIAS]: ORB },
    jobs: Object.fromEntries(jobs.flatMap(({ name, job }) => (job === undefined ? [] : [[name, job]]))),
    workflows: { [project.key]: { jobs: jobs.map(startOf) } },
  });
  document.commentBefore = HEADING;
  return document.toString({ lineWidth: 0 });
}

/** The element of a workflow's list. */
export function startOf({ name, start }: NamedJob): string | Readonly<Record<string, NamedJob["start"]>> {
  return Object.keys(start).length === 0 ? name : { [name]: start };
}
