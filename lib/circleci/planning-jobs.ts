import type { GrantedRefs, Project } from "../config/model/model";
import { contextsOf, type JobStart, type NamedJob } from "./job/job";
import { merging, prefixed, reportTo, share, type TerraformAccount, whole } from "./planning-job";

/** Where the plans and the reports lie, from one job to the next. */
const PLANS = "plans";
/**
 * The pipeline's number orders runs, and no variable holds it (CircleCI docs, "Pipeline values and
 * parameters").
 */
const POST = "--post --run << pipeline.number >>.$CIRCLE_BUILD_NUM";

/**
 * The folder of an account's plans. Accounts do not share one: each has its own `reviewed.json`,
 * and no two jobs may keep a file of one name (CircleCI docs, "Using workspaces").
 */
export function plansOf({ plan, isOneOfSeveral }: TerraformAccount): string {
  return isOneOfSeveral ? `${PLANS}/${plan.account.key}` : PLANS;
}

/** Where planning jobs run. */
interface PlannedFrom {
  /** How their starts say it. */
  readonly start: Pick<JobStart, "filters">;
  /** The same refs, as patterns, and those among them from which the jobs do not run. */
  readonly refs: GrantedRefs;
  readonly except?: GrantedRefs | undefined;
}

/**
 * The jobs that tell a pull request what its change does. For one account, one job plans and posts.
 * For several accounts or machines, each job plans a share with the role of one account, and a job
 * without any credentials merges the shares into one comment.
 * @param accounts at least one
 * @param from where all of these jobs run
 */
export function reviewing(
  project: Project,
  accounts: readonly TerraformAccount[],
  { start, refs, except }: PlannedFrom,
): readonly NamedJob[] {
  const { contexts, parallelism = 1 } = project.pipeline;
  const posting = contextsOf(contexts, ...accounts.map(({ plan }) => plan.pipeline.contexts));
  const what = "reviews a change";
  const [first] = accounts;
  if (first !== undefined && accounts.length === 1 && parallelism === 1) {
    const name = prefixed("review", project);
    return [
      whole(project, first, {
        name,
        what,
        refs,
        except,
        start: { ...start, ...posting },
        report: reportTo(PLANS, POST),
      }),
    ];
  }
  const shares = accounts.map((account) => {
    const word = account.isOneOfSeveral ? `review-${account.plan.account.key}` : "review";
    return share(project, account, {
      name: prefixed(word, project),
      what,
      refs,
      except,
      start,
      folder: PLANS,
    });
  });
  // Beside `review-<account>`, `review` is a name that no account can take.
  const merge = merging(project, accounts, {
    name: prefixed(accounts.length > 1 ? "review" : "review-merge", project),
    start: { requires: shares.map(({ name }) => name), ...start, ...posting },
    folder: PLANS,
    report: reportTo(PLANS, POST),
    keeps: false,
  });
  return [...shares, merge];
}

/** The jobs that plan what was merged, and keep the plans for the job that applies them. */
export function planningMerged(
  project: Project,
  account: TerraformAccount,
  { start, refs }: PlannedFrom,
): readonly NamedJob[] {
  const { contexts, parallelism = 1 } = project.pipeline;
  const [name, what, folder] = [
    prefixed(account.plan.key, project),
    "plans what was merged",
    plansOf(account),
  ];
  const own = contextsOf(contexts);
  const report = reportTo(folder);
  if (parallelism === 1)
    return [
      whole(project, account, { name, what, refs, start: { ...start, ...own }, report, keeps: folder }),
    ];
  return [
    share(project, account, { name, what, refs, start, folder }),
    merging(project, [account], {
      name: `${name}-merge`,
      start: { requires: [name], ...start, ...own },
      folder,
      report,
      keeps: true,
    }),
  ];
}
