import { IS_INSTALLED, oidcInJob } from "../command-name";
import type { GrantedRefs, Project, Role, TerraformScope } from "../config/model/model";
import type { JobSettings } from "../config/model/pipeline-model";
import {
  assume,
  contextsOf,
  headOf,
  type JobStart,
  type NamedJob,
  onlyInProject,
  run,
  type Step,
} from "./job/job";

const REVIEW = oidcInJob("review");

/** A role that plans an account, and the one that applies, if there is one. */
export interface TerraformAccount {
  readonly plan: Role;
  readonly apply?: Role;
  readonly scope: TerraformScope;
  /** Whether the project has another account with a role that plans. */
  readonly isOneOfSeveral: boolean;
}

/** A job's name in a configuration that several projects may share. */
export function prefixed(name: string, { pipeline: { jobPrefix = "" } }: Project): string {
  return `${jobPrefix}${name}`;
}

/** All that needs no credentials, the fetching of tools and providers included. */
export function beginning(project: Project): readonly Step[] {
  return [...installing(project), run("Write the stacks, without any credentials", oidcInJob("synth"))];
}

/** The code and the packages of this program. */
export function installing(project: Project): readonly Step[] {
  const { build, steps } = project.pipeline;
  return [
    ...onlyInProject(project),
    "checkout",
    ...(steps?.before ?? []).map((asWritten) => ({ asWritten })),
    // A clone installs its packages when a command of it runs.
    ...(IS_INSTALLED && !build.includes("npm ci") ? [run("Install the packages", "npm ci")] : []),
    ...build.map((command) => run(command, command)),
  ];
}

interface Planning {
  readonly name: string;
  readonly what: string;
  readonly refs: GrantedRefs;
  /** Refs among them from which it does not run. */
  readonly except?: GrantedRefs | undefined;
  readonly start: JobStart;
}

/** One job that plans all stacks of an account and reports. */
export function whole(
  project: Project,
  account: TerraformAccount,
  { report, keeps, ...planning }: Planning & { readonly report: Report; readonly keeps?: string },
): NamedJob {
  const command = `${reviewOf(account)} --out ${report.folder} ${report.options}`;
  return planningJob(project, account, planning, [
    run("Review", command),
    ...(keeps === undefined ? [] : [keep(keeps)]),
    ...report.store,
  ]);
}

/** One job that plans the stacks of an account, or on each of its machines a part of them. */
export function share(
  project: Project,
  account: TerraformAccount,
  { folder, ...planning }: Planning & { readonly folder: string },
): NamedJob {
  const { contexts, parallelism = 1 } = project.pipeline;
  const shard = parallelism === 1 ? "--shard 1/1" : "--shard";
  const job = planningJob(
    project,
    account,
    { ...planning, start: { ...planning.start, ...contextsOf(contexts) } },
    [run("Review a share", `${reviewOf(account)} ${shard} --out ${folder}`), keep(folder)],
  );
  return parallelism === 1 || job.job === undefined ? job : { ...job, job: { ...job.job, parallelism } };
}

function planningJob(
  project: Project,
  { plan }: TerraformAccount,
  { name, what, refs, except, start }: Planning,
  steps: readonly Step[],
): NamedJob {
  const { after = [] } = project.pipeline;
  const { filters, context } = start;
  return {
    name,
    job: {
      ...headOf(project, `${what}, as role ${plan.key}`, ofProgram(project, plan), plan),
      steps: [...beginning(project), ...assume(plan), ...steps],
    },
    ...(after.length === 0
      ? {}
      : { outside: { jobs: after, refs, ...(except === undefined ? {} : { except }) } }),
    start: {
      ...(after.length === 0 ? {} : { requires: after }),
      ...(filters === undefined ? {} : { filters }),
      ...(context === undefined ? {} : { context }),
    },
  };
}

/** An account that encrypts its state needs OpenTofu: the image has to contain it. */
export function ofProgram({ pipeline }: Project, { account }: Role): Pick<JobSettings, "environment"> {
  if (account.stateEncryption === undefined) return {};
  return { environment: { TERRAFORM_BINARY_NAME: "tofu", ...pipeline.environment } };
}

interface Merging {
  readonly name: string;
  readonly start: JobStart;
  readonly folder: string;
  readonly report: Report;
  /** Whether a later job applies the plans. */
  readonly keeps: boolean;
}

/** The job that merges the shares of other jobs into one report, without any credentials. */
export function merging(
  project: Project,
  accounts: readonly TerraformAccount[],
  { name, start, folder, report, keeps }: Merging,
): NamedJob {
  const shares = (start.requires ?? []).join(", ");
  const command = `${REVIEW} --merge ${folder}${accountsIn(accounts)} ${report.options}`;
  return {
    name,
    job: {
      ...headOf(project, `puts the shares of ${shares} together, without any credentials`),
      steps: [
        ...beginning(project),
        { attach_workspace: { at: "." } },
        run("One report of all shares", command),
        // All else is there already.
        ...(keeps ? [keep(`${folder}/reviewed.json`)] : []),
        ...report.store,
      ],
    },
    start,
  };
}

function reviewOf(account: TerraformAccount): string {
  return `${REVIEW}${accountsIn([account])} --read-only`;
}

/** Nothing where the file has one account. */
function accountsIn(accounts: readonly TerraformAccount[]): string {
  return accounts
    .map(({ plan, scope }) => (scope.isOnlyAccount ? "" : ` --account ${plan.account.key}`))
    .join("");
}

interface Report {
  readonly folder: string;
  readonly options: string;
  readonly store: readonly Step[];
}

/** @param posting options of `review` that post the report */
export function reportTo(folder: string, posting = ""): Report {
  const [markdown, html, json] = ["md", "html", "json"].map((end) => `${folder}/review.${end}`);
  const write = `--markdown ${markdown} --html ${html} --json ${json}`;
  return {
    folder,
    options: posting === "" ? write : `${posting} ${write}`,
    store: [markdown, html, json].flatMap((path) =>
      path === undefined ? [] : { store_artifacts: { path } },
    ),
  };
}

function keep(path: string): Step {
  return { persist_to_workspace: { root: ".", paths: [path] } };
}
