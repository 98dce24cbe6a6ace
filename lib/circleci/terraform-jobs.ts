import { oidcInJob } from "../command-name";
import type { GrantedRefs, Project, RefPattern, Role } from "../config/model/model";
import { patternText } from "../config/model/ref-pattern";
import { ProjectError } from "../errors";
import { APPROVAL, assume, contextsOf, headOf, type NamedJob, run } from "./job/job";
import { firstGap, requireReachable } from "./job-order";
import { beginning, ofProgram, prefixed, type TerraformAccount } from "./planning-job";
import { planningMerged, plansOf, reviewing } from "./planning-jobs";
import { branchesOf, refFilter, refFilterWithout } from "./ref-filter";

/**
 * The jobs of the project that carries access.yaml. From every ref but those that apply: `review`,
 * which tells the pull request. From those, for each account: the job of the plan role, which keeps
 * its plans; an approval; and the job of the apply role, which does exactly what those plans say.
 * @throws ProjectError `pipeline-never-runs`, `ref-not-expressible` (exit 2)
 */
export function terraformJobs(project: Project): readonly NamedJob[] {
  const accounts = accountsOf(project);
  const [first] = accounts;
  if (first === undefined) return [];
  requireSameReview(accounts, project);
  const applied = appliedFrom(accounts);
  const start = refFilterWithout(first.plan.grant.refs, applied);
  const refs = branchesOf(first.plan.grant.refs);
  return [
    ...(start === undefined ? [] : reviewing(project, accounts, { start, refs, except: applied })),
    ...inTurn(accounts).flatMap((account) => applying(project, account)),
  ];
}

function accountsOf({ roles }: Project): readonly TerraformAccount[] {
  const plans = roles.filter(({ terraform }) => terraform?.task === "plan");
  return plans.flatMap((plan): readonly TerraformAccount[] => {
    const apply = roles.find(
      ({ terraform, account }) => terraform?.task === "apply" && account.key === plan.account.key,
    );
    const { terraform: scope } = plan;
    if (scope === undefined) return [];
    return [{ plan, scope, isOneOfSeveral: plans.length > 1, ...(apply === undefined ? {} : { apply }) }];
  });
}

/**
 * One report covers all accounts, so the job of each must run wherever those of the others do.
 * @throws ProjectError `pipeline-never-runs` (exit 2)
 */
function requireSameReview(accounts: readonly TerraformAccount[], { key }: Project): void {
  for (const { plan: one } of accounts)
    for (const { plan: other } of accounts) {
      const gap = firstGap(one, other);
      if (gap === undefined) continue;
      throw new ProjectError({
        code: "pipeline-never-runs",
        message: `${key}: the job review waits for the reviews of all accounts, but ${gap.because}: CircleCI would skip it`,
        found: other.key,
        fix: `give ${other.key} ${gap.missing}`,
        exitCode: 2,
      });
    }
}

/** The refs from which some account is applied. Undefined: none. */
function appliedFrom(accounts: readonly TerraformAccount[]): GrantedRefs | undefined {
  const all = accounts.flatMap(({ apply }) => (apply === undefined ? [] : [apply.grant.refs]));
  const any = all.find(({ kind }) => kind === "any");
  if (any !== undefined || all.length === 0) return any;
  const listed = all.flatMap((refs) => (refs.kind === "listed" ? [refs] : []));
  return {
    kind: "listed",
    branches: eachOnce(listed.flatMap(({ branches }) => branches)),
    tags: eachOnce(listed.flatMap(({ tags }) => tags)),
  };
}

function eachOnce(patterns: readonly RefPattern[]): readonly RefPattern[] {
  return [...new Map(patterns.map((one) => [`${one.kind} ${patternText(one)}`, one])).values()];
}

/** Each after those whose apply job its own waits for. */
function inTurn(accounts: readonly TerraformAccount[]): readonly TerraformAccount[] {
  const sorted: TerraformAccount[] = [];
  const add = (account: TerraformAccount): void => {
    if (sorted.includes(account)) return;
    const after = account.apply?.pipeline.after ?? [];
    for (const one of accounts) if (one.apply !== undefined && after.includes(one.apply.key)) add(one);
    sorted.push(account);
  };
  for (const account of accounts) add(account);
  return sorted;
}

function applying(project: Project, account: TerraformAccount): readonly NamedJob[] {
  const { plan, apply, isOneOfSeveral } = account;
  if (apply === undefined) return [];
  requireReachable(apply, plan, project);
  const filter = refFilter(apply.grant.refs, false);
  const start = filter === undefined ? {} : { filters: filter };
  const planned = planningMerged(project, account, { start, refs: apply.grant.refs });
  const last = planned.at(-1)?.name ?? plan.key;
  const word = isOneOfSeveral ? `${APPROVAL}-${plan.account.key}` : APPROVAL;
  const approval = apply.pipeline.approval ?? prefixed(word, project);
  const { roles, outside } = before(apply, project);
  return [
    ...planned,
    {
      name: approval,
      // Before the approval, so that people approve what stands after the jobs that it waits for.
      start: { type: "approval", requires: [last, ...roles, ...outside], ...start },
      ...(outside.length === 0 ? {} : { outside: { jobs: outside, refs: apply.grant.refs } }),
    },
    {
      name: prefixed(apply.key, project),
      job: {
        ...headOf(
          project,
          `applies what was planned and approved, as role ${apply.key}`,
          ofProgram(project, apply),
          apply,
        ),
        steps: [
          ...beginning(project),
          { attach_workspace: { at: "." } },
          ...assume(apply),
          run("Apply exactly what was reviewed", `${oidcInJob("apply")} --reviewed ${plansOf(account)}`),
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

/**
 * The jobs that an apply role's `after` names: those of roles, such as the apply role of another
 * account, and those of the configuration.
 * @throws ProjectError `pipeline-never-runs` (exit 2)
 */
function before(
  apply: Role,
  project: Project,
): { readonly roles: readonly string[]; readonly outside: readonly string[] } {
  const { after = [] } = apply.pipeline;
  const named = project.roles.filter(({ key }) => after.includes(key));
  for (const role of named) requireReachable(apply, role, project);
  return {
    roles: named.map(({ key, pipeline }) => pipeline.job ?? prefixed(key, project)),
    outside: after.filter((name) => !project.roles.some(({ key }) => key === name)),
  };
}
