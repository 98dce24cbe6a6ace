import type { Project, Role } from "../config/model/model";
import { ProjectError } from "../errors";
import { covers } from "./ref-filter";

/**
 * The roles whose jobs have to succeed before this one's: those that the file names, else those
 * that are assumed from strictly more refs, such as `preview` before `deploy`. What stands before
 * another of them anyway is left out.
 * @throws ProjectError `pipeline-never-runs` (exit 2) if a named one is filtered out on a ref of
 * this role: CircleCI would not run this one
 */
export function rolesBefore(role: Role, project: Project): readonly string[] {
  const { roles } = project;
  if (role.pipeline.after !== undefined) {
    for (const key of role.pipeline.after) {
      const before = roles.find((one) => one.key === key);
      if (before !== undefined && !covers(before.grant.refs, role.grant.refs))
        throw neverRuns(project, role, key);
    }
    return role.pipeline.after;
  }
  const wider = (one: Role, other: Role): boolean =>
    covers(one.grant.refs, other.grant.refs) && !covers(other.grant.refs, one.grant.refs);
  const before = roles.filter((one) => wider(one, role));
  return before.filter((one) => !before.some((other) => wider(one, other))).map(({ key }) => key);
}

function neverRuns({ key: project }: Project, role: Role, before: string): ProjectError {
  return new ProjectError({
    code: "pipeline-never-runs",
    message: `${project}/${role.key} waits for ${before}, which does not run on all refs of ${role.key}: CircleCI would skip both`,
    found: before,
    fix: `give ${before} the refs of ${role.key} as well, or take it out of pipeline.after`,
    exitCode: 2,
  });
}
