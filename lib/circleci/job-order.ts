import type { GrantedPeople, Periods, Project, Role } from "../config/model/model";
import { coversPeriods } from "../config/model/period";
import { describePeriods } from "../describe/moment";
import { ProjectError } from "../errors";
import { workflowOf } from "./our-items";
import { covers, firstUncovered } from "./ref-filter";

/**
 * The roles whose jobs have to succeed before this one's: those that the file names, else those
 * that everyone of this role may run on all of its refs, for as long, and that are assumed from
 * strictly more refs, such as `preview` before `deploy`. CircleCI skips a job whose required job
 * was filtered out or failed, so a job never waits for one that AWS denies to a person who may run
 * this one. A role that another of them waits for anyway is left out.
 * @throws ProjectError `pipeline-never-runs` (exit 2) if a named one does not run for a person or
 * on a ref of this role
 */
export function rolesBefore(role: Role, project: Project): readonly string[] {
  const { roles } = project;
  const { after } = role.pipeline;
  if (after !== undefined) {
    const named = roles.filter(({ key }) => after.includes(key));
    for (const before of named) {
      requireSameWorkflow(role, before, project);
      requireReachable(role, before, project);
    }
    return named.map(({ key }) => key);
  }
  const before = roles.filter((one) => isInSameWorkflow(one, role) && goesFirst(one, role));
  return before.filter((one) => !before.some((other) => goesFirst(one, other))).map(({ key }) => key);
}

/**
 * The jobs of the project's own configuration that have to succeed before a role's: those that the
 * role names, else those that the project names, unless the role waits for another role's job,
 * which waits for them.
 */
export function jobsBefore(role: Role, project: Project): readonly string[] {
  const { after } = role.pipeline;
  if (after !== undefined) return after.filter((name) => !project.roles.some(({ key }) => key === name));
  return rolesBefore(role, project).length > 0 ? [] : (project.pipeline.after ?? []);
}

function isInSameWorkflow(one: Role, other: Role): boolean {
  return one.pipeline.workflow === other.pipeline.workflow;
}

/**
 * A job can require jobs of its own workflow only (CircleCI docs, "Configuration reference",
 * `requires`).
 * @throws ProjectError `pipeline-never-runs` (exit 2)
 */
function requireSameWorkflow(role: Role, before: Role, project: Project): void {
  if (isInSameWorkflow(role, before)) return;
  const [own, other] = [role, before].map(({ pipeline }) => workflowOf(project, pipeline));
  throw new ProjectError({
    code: "pipeline-never-runs",
    message: `${project.key}/${role.key} is in workflow ${own} and waits for ${before.key} in workflow ${other}: a job can require jobs of its own workflow only`,
    found: before.key,
    fix: `name the same workflow at both, or remove ${before.key} from pipeline.after`,
    exitCode: 2,
  });
}

function goesFirst(one: Role, other: Role): boolean {
  return (
    covers(one.grant.refs, other.grant.refs) &&
    !covers(other.grant.refs, one.grant.refs) &&
    firstWithout(one.grant.people, other.grant.people) === undefined
  );
}

/**
 * Makes sure that a job can be reached: everyone who may run it, on each of its refs, may run the
 * job that it waits for as well.
 * @throws ProjectError `pipeline-never-runs` (exit 2), which names the first person or ref for whom
 * the job would never start
 */
export function requireReachable(role: Role, before: Role, project: Project): void {
  const gap = firstGap(role, before);
  if (gap !== undefined) throw neverRuns(project, role, before, gap);
}

/** Why a job of one role does not always run where one of another does. */
interface Gap {
  /** Such as `preview does not run on main`. */
  readonly because: string;
  /** What the role would have to get, such as `the refs of deploy`. */
  readonly missing: string;
}

/**
 * The first ref, else the first person or period, of a role for whom another's job does not run.
 */
export function firstGap(role: Role, before: Role): Gap | undefined {
  const ref = firstUncovered(before.grant.refs, role.grant.refs);
  if (ref !== undefined)
    return { because: `${before.key} does not run on ${ref}`, missing: `the refs of ${role.key}` };
  const without = firstWithout(before.grant.people, role.grant.people);
  if (without === undefined) return undefined;
  const { who, periods } = without;
  if (periods === undefined) return { because: `${who} ${before.key}`, missing: `the people of ${role.key}` };
  return {
    because: `${who} ${before.key} only ${describePeriods(periods)}`,
    missing: `the people of ${role.key} for the same time`,
  };
}

interface Without {
  /** As the beginning of a sentence about a role: `bob may not assume`. */
  readonly who: string;
  /** When the wider list has them; not at all moments of the narrower one. Undefined: never. */
  readonly periods?: Periods;
}

/**
 * Who of the narrower list is missing in the wider one, at any moment of the narrower one's
 * periods. Undefined: no one. The clock has no part in it, so a pipeline changes only with the
 * file.
 */
function firstWithout(wider: GrantedPeople, narrower: GrantedPeople): Without | undefined {
  if (wider.kind === "everyone") {
    const own = narrower.kind === "everyone" ? [narrower] : narrower.members;
    const { periods } = wider;
    const isWhole = own.every((one) => coversPeriods(periods, one.periods));
    return isWhole || periods === undefined ? undefined : { who: "everyone may assume", periods };
  }
  if (narrower.kind === "everyone") return { who: "not everyone may assume" };
  for (const { id, name, periods: needed } of narrower.members) {
    const member = wider.members.find((one) => one.id === id);
    if (member === undefined) return { who: `${name} may not assume` };
    const { periods } = member;
    if (periods !== undefined && !coversPeriods(periods, needed))
      return { who: `${name} may assume`, periods };
  }
  return undefined;
}

function neverRuns(
  { key: project }: Project,
  role: Role,
  before: Role,
  { because, missing }: Gap,
): ProjectError {
  return new ProjectError({
    code: "pipeline-never-runs",
    message: `${project}/${role.key} waits for ${before.key}, but ${because}: CircleCI would skip ${role.key}`,
    found: before.key,
    fix:
      role.terraform === undefined
        ? `give ${before.key} ${missing}, or remove it from pipeline.after (\`after: []\` waits for no job)`
        : `give ${before.key} ${missing}`,
    exitCode: 2,
  });
}
