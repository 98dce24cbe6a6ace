import path from "node:path";
import { accountView } from "../../config/model/account-view";
import type { Access } from "../../config/model/model";
import { ProjectError } from "../../errors";
import type { Progress } from "../../programs/progress";
import { type CodeVersion, codeVersion } from "../../project/git";
import { accessFile } from "../../project/project-root";
import { hasPluginCache } from "../../terraform/cli-config";
import { synthesise } from "../../terraform/synthesise";
import type { Terraform } from "../../terraform/terraform";
import { changedSince, type Selected } from "../changed-since/changed-since";
import { forgetReviewed, type ReviewedStack } from "../kept/reviewed-file";
import type { Planned } from "../shards/merge-shards";
import { type Shard, shareOut } from "../shards/shard";
import type { Times } from "../shards/times";
import { codeDigest } from "../stacks/code-digest";
import { type SynthesisedStack, stacksIn } from "../stacks/synthesised-stacks";
import { withoutCredentials } from "./credentials";
import { planStacks } from "./plan-stacks";

interface PlanProjectSettings {
  readonly access: Access;
  /** Keys of the accounts whose stacks are planned; empty: all. */
  readonly accounts: readonly string[];
  /** This project's folder. */
  readonly project: string;
  /** A folder for temporary files. */
  readonly cache: string;
  readonly terraform: Terraform;
  readonly env: NodeJS.ProcessEnv;
  /** Where the stacks are written. */
  readonly output: string;
  /** Where the plans are kept. */
  readonly folder: string;
  readonly atOnce: number;
  readonly lock: boolean;
  /** Times of earlier runs, to balance the shards. */
  readonly times: Times;
  readonly shard?: Shard;
  /** A commit: stacks with the same code as at this commit are skipped. */
  readonly changedSince?: string;
  readonly progress: Progress;
}

/**
 * Synthesises the stacks and plans them: all, the named ones, those of some accounts, the changed
 * ones, or those of one shard. Stacks of an account that the credentials do not belong to are left
 * out as errors, and kept as failed, so that no one applies the rest as a whole.
 * @param names of stacks, `*` for any characters; empty: all
 * @throws ProjectError `unknown-stack`, `ref-unknown`, `synth-failed`, `not-written`
 */
export async function planProject(names: readonly string[], settings: PlanProjectSettings): Promise<Planned> {
  const { project, terraform, env, output, folder, atOnce, lock, shard, progress } = settings;
  forgetReviewed(folder);
  const [code, version] = await Promise.all([
    codeVersionIfAny(project, [folder, output]),
    terraform.version(project),
    progress.step("write the stacks", () => synthesise(output, env)),
  ]);
  const { stacks, leftOut, doubt } = await select(names, settings);
  if (doubt !== undefined) progress.note(`all stacks are planned: ${doubt}`);
  for (const { name, reason } of leftOut) progress.note(`${name} is skipped: ${reason}`);
  const share =
    shard === undefined
      ? undefined
      : shareOut(
          stacks.map(({ name }) => name),
          settings.times,
          shard.total,
        );
  const mine = share === undefined || shard === undefined ? undefined : (share[shard.index - 1] ?? []);
  const own = stacks.filter(({ name }) => mine === undefined || mine.includes(name));
  const failed = await progress.step("check the credentials", () => withoutCredentials(own, settings.access));
  const isFailed = ({ name }: SynthesisedStack): boolean => failed.some((one) => one.name === name);
  for (const reason of new Set(failed.map((one) => one.reason))) progress.note(reason);
  const planned = await planStacks(
    own.filter((stack) => !isFailed(stack)),
    {
      terraform,
      folder,
      atOnce,
      lock,
      initsAlone: hasPluginCache(env),
      onStack: (name, task) => progress.step(`plan ${name}`, task),
    },
  );
  return {
    plans: planned.map(({ plan }) => plan),
    leftOut: [...leftOut, ...failed],
    reviewed: {
      version: 1,
      commit: code.commit,
      isDirty: code.isDirty,
      terraform: version,
      synthesised: stacksIn(output, []).map(({ name }) => name),
      stacks: Object.fromEntries([
        ...planned.map(({ name, reviewed }) => [name, reviewed] as const),
        ...own.filter(isFailed).map((stack) => [stack.name, notPlanned(stack)] as const),
      ]),
    },
    seconds: Object.fromEntries(planned.map(({ name, seconds }) => [name, seconds])),
  };
}

function notPlanned({ dependencies, folder }: SynthesisedStack): ReviewedStack {
  return { outcome: "failed", dependencies, code: codeDigest(folder) };
}

/**
 * Names of the stacks of some accounts, as access.yaml declares them.
 * @param keys of accounts of the file
 */
export function stacksOfAccounts(access: Access, keys: readonly string[]): readonly string[] {
  return keys.flatMap((key) => accountView(access, { key }).stackNames);
}

async function select(names: readonly string[], settings: PlanProjectSettings): Promise<Selected> {
  const { project, cache, env, output, changedSince: ref, progress } = settings;
  const stacks = ofAccounts(stacksIn(output, names), names, settings);
  if (ref === undefined) return { stacks, leftOut: [] };
  return progress.step(`write the stacks of ${ref}`, () =>
    changedSince(stacks, ref, {
      project,
      folder: path.join(cache, "changed-since"),
      accessFile: accessFile(env),
      synthesise: (then, access, written) => synthesise(written, { ...env, OIDC_ACCESS_FILE: access }, then),
    }),
  );
}

/**
 * @throws ProjectError `unknown-stack` (exit 2) if no stack is left: a review of nothing would say
 * that nothing changes
 */
function ofAccounts(
  stacks: readonly SynthesisedStack[],
  names: readonly string[],
  { access, accounts }: PlanProjectSettings,
): readonly SynthesisedStack[] {
  if (accounts.length === 0) return stacks;
  const known = stacksOfAccounts(access, accounts);
  const left = stacks.filter(({ name }) => known.includes(name));
  if (left.length > 0) return left;
  throw new ProjectError({
    code: "unknown-stack",
    message: `account ${accounts.join(", ")} has no stack ${names.join(", ")}`,
    found: names.join(", "),
    fix: `one of: ${known.join(", ")}`,
    exitCode: 2,
  });
}

/** Planning works without git; applying the plans needs a commit, and says so. */
async function codeVersionIfAny(project: string, except: readonly string[]): Promise<CodeVersion> {
  try {
    return await codeVersion(project, except);
  } catch (error) {
    if (error instanceof ProjectError) return { commit: null, isDirty: true };
    throw error;
  }
}
