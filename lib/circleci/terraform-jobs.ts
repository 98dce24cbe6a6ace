import type { Project, Role, TerraformScope } from "../config/model/model";
import { ProjectError } from "../errors";
import {
  APPROVAL,
  assume,
  contextsOf,
  headOf,
  type JobStart,
  type NamedJob,
  onlyInProject,
  run,
  type Step,
} from "./job";
import { requireReachable } from "./job-order";
import { refFilter, refFilterWithout } from "./ref-filter";

/** Where the plans and the reports lie, from one job to the next. */
const PLANS = "plans";
const REPORTS = ["review.md", "review.html", "review.json"].map((name) => `${PLANS}/${name}`);
/**
 * The pipeline's number orders runs, and no variable holds it (CircleCI docs, "Pipeline values and
 * parameters").
 */
const POST = "--post --run << pipeline.number >>.$CIRCLE_BUILD_NUM";
const WRITE_REPORTS = `--markdown ${REPORTS[0]} --html ${REPORTS[1]} --json ${REPORTS[2]}`;

/** A job's name in a configuration that several projects may share. */
function prefixed(name: string, { pipeline: { jobPrefix = "" } }: Project): string {
  return `${jobPrefix}${name}`;
}

interface TerraformRole {
  readonly role: Role;
  readonly scope: TerraformScope;
}

/**
 * The jobs of the project that carries access.yaml. From every ref but those that apply: `review`,
 * which tells the pull request. From those: the job of the plan role, which keeps its plans;
 * `approve`; and the job of the apply role, which does exactly what those plans say. With several
 * machines each plans a share, and a job without any credentials puts the shares together.
 * @throws ProjectError `pipeline-several-accounts`, `pipeline-never-runs`, `ref-not-expressible`
 * (exit 2)
 */
export function terraformJobs(project: Project): readonly NamedJob[] {
  const all = project.roles.flatMap((role): readonly TerraformRole[] =>
    role.terraform === undefined ? [] : [{ role, scope: role.terraform }],
  );
  const [plan, ...otherPlans] = all.filter(({ scope }) => scope.task === "plan");
  const [apply] = all.filter(({ scope }) => scope.task === "apply");
  if (plan === undefined) return [];
  const { parallelism = 1 } = project.pipeline;
  if (otherPlans.length > 0) throw severalAccounts(project, all);
  if (parallelism > 1 && !plan.scope.isOnlyAccount) throw sharesOfOneAccount(project, plan.role);
  const { refs } = plan.role.grant;
  const start = refFilterWithout(refs, apply?.role.grant.refs);
  const posting = contextsOf(project.pipeline.contexts, plan.role.pipeline.contexts);
  const review =
    start === undefined
      ? []
      : planning(project, plan, { name: prefixed("review", project), post: true, start, posting });
  return apply === undefined ? review : [...review, ...applying(project, plan, apply.role)];
}

function applying(project: Project, plan: TerraformRole, apply: Role): readonly NamedJob[] {
  const { grant } = apply;
  requireReachable(apply, plan.role, project);
  const filter = refFilter(grant.refs, false);
  const start = filter === undefined ? {} : { filters: filter };
  const name = prefixed(plan.role.key, project);
  const planned = planning(project, plan, { name, post: false, start, posting: {} });
  const last = planned.at(-1)?.name ?? name;
  const approval = prefixed(APPROVAL, project);
  return [
    ...planned,
    { name: approval, start: { type: "approval", requires: [last], ...start } },
    {
      name: prefixed(apply.key, project),
      job: {
        ...headOf(project, `applies what was planned and approved, as role ${apply.key}`),
        steps: [
          ...beginning(project),
          { attach_workspace: { at: "." } },
          ...assume(apply),
          run("Apply exactly what was reviewed", `npm run -s oidc -- apply --reviewed ${PLANS}`),
        ],
      },
      start: {
        requires: [approval],
        ...start,
        ...contextsOf(project.pipeline.contexts, apply.pipeline.contexts),
      },
    },
  ];
}

interface Planning {
  readonly name: string;
  /** Whether the pull request is told. Otherwise the plans are kept for a later job. */
  readonly post: boolean;
  readonly start: Pick<JobStart, "filters">;
  /** Contexts of the job that posts. */
  readonly posting: Pick<JobStart, "context">;
}

function planning(
  project: Project,
  plan: TerraformRole,
  { name, post, start, posting }: Planning,
): readonly NamedJob[] {
  const { parallelism = 1, contexts, after } = project.pipeline;
  const { stacks, administratorStacks, isOnlyAccount } = plan.scope;
  const named = isOnlyAccount ? "" : ` ${[...administratorStacks, ...stacks].join(" ")}`;
  const review = `npm run -s oidc -- review${named} --read-only`;
  const report = post ? `${POST} ${WRITE_REPORTS}` : WRITE_REPORTS;
  const own = contextsOf(contexts);
  const keep = (path: string): Step => ({ persist_to_workspace: { root: ".", paths: [path] } });
  const store = REPORTS.map((path): Step => ({ store_artifacts: { path } }));
  const what = post ? "reviews a change" : "plans what was merged";
  const head = headOf(project, `${what}, as role ${plan.role.key}`);
  const first = [...beginning(project), ...assume(plan.role)];
  const outside = after === undefined || after.length === 0 ? undefined : after;
  const begins = {
    start: { ...(outside === undefined ? {} : { requires: outside }), ...start },
    ...(outside === undefined ? {} : { outside: { jobs: outside, refs: plan.role.grant.refs } }),
  };
  if (parallelism === 1) {
    const command = `${review} --out ${PLANS} ${report}`;
    const steps = [...first, run("Review", command), ...(post ? [] : [keep(PLANS)]), ...store];
    return [
      { ...begins, name, job: { ...head, steps }, start: { ...begins.start, ...(post ? posting : own) } },
    ];
  }
  const merged = `npm run -s oidc -- review --merge ${PLANS} ${report}`;
  return [
    {
      name,
      job: {
        ...head,
        parallelism,
        steps: [...first, run("Review a share", `${review} --shard --out ${PLANS}`), keep(PLANS)],
      },
      ...(begins.outside === undefined ? {} : { outside: begins.outside }),
      start: { ...begins.start, ...own },
    },
    {
      name: `${name}-merge`,
      job: {
        ...headOf(project, `puts the shares of ${name} together, without any credentials`),
        steps: [
          ...beginning(project),
          { attach_workspace: { at: "." } },
          run("One report of all shares", merged),
          // All else is there already, and no two jobs may keep a file of one name (CircleCI docs,
          // "Using workspaces").
          ...(post ? [] : [keep(`${PLANS}/reviewed.json`)]),
          ...store,
        ],
      },
      start: { requires: [name], ...start, ...(post ? posting : own) },
    },
  ];
}

/** All that needs no credentials, the fetching of tools and providers included. */
function beginning(project: Project): readonly Step[] {
  const { build, steps } = project.pipeline;
  return [
    ...onlyInProject(project),
    "checkout",
    ...(steps?.before ?? []).map((asWritten) => ({ asWritten })),
    ...build.map((command) => run(command, command)),
    run("Write the stacks, without any credentials", "npm run -s synth"),
  ];
}

function severalAccounts(project: Project, all: readonly TerraformRole[]): ProjectError {
  const accounts = [...new Set(all.map(({ role }) => role.account.key))].join(", ");
  return new ProjectError({
    code: "pipeline-several-accounts",
    message: `${project.key} has roles that run Terraform in several accounts, and a job that plans has the credentials of one`,
    found: accounts,
    fix: "keep a file for each account, or write these jobs by hand: one `oidc review STACK…` for each account",
    exitCode: 2,
  });
}

function sharesOfOneAccount({ key: project, pipeline }: Project, { account }: Role): ProjectError {
  return new ProjectError({
    code: "pipeline-several-accounts",
    message: `${project}: several machines share out all stacks of the file, and its role that plans may read those of ${account.key} alone`,
    found: `parallelism ${pipeline.parallelism}`,
    fix: "take pipeline.parallelism out, or keep a file for each account",
    exitCode: 2,
  });
}
