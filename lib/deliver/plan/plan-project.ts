import path from "node:path";
import { ProjectError } from "../../errors";
import type { Progress } from "../../programs/progress";
import { type CodeVersion, codeVersion } from "../../project/git";
import { accessFile } from "../../project/read-access";
import { hasPluginCache } from "../../terraform/cli-config";
import { synthesise } from "../../terraform/synthesise";
import type { Terraform } from "../../terraform/terraform";
import { changedSince, type Selected } from "../changed-since/changed-since";
import { forgetReviewed } from "../kept/reviewed-file";
import type { Planned } from "../shards/merge-shards";
import { type Shard, shareOut } from "../shards/shard";
import type { Times } from "../shards/times";
import { stacksIn } from "../stacks/synthesised-stacks";
import { planStacks } from "./plan-stacks";

export interface PlanProjectSettings {
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
 * Synthesises the stacks and plans them: all, the named ones, the changed ones, or those of one
 * shard.
 * @param names of stacks; empty: all
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
  const planned = await planStacks(
    stacks.filter(({ name }) => mine === undefined || mine.includes(name)),
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
    leftOut,
    reviewed: {
      version: 1,
      commit: code.commit,
      isDirty: code.isDirty,
      terraform: version,
      synthesised: stacksIn(output, []).map(({ name }) => name),
      stacks: Object.fromEntries(planned.map(({ name, reviewed }) => [name, reviewed])),
    },
    seconds: Object.fromEntries(planned.map(({ name, seconds }) => [name, seconds])),
  };
}

async function select(
  names: readonly string[],
  { project, cache, env, output, changedSince: ref, progress }: PlanProjectSettings,
): Promise<Selected> {
  const stacks = stacksIn(output, names);
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

/** Planning works without git; applying the plans needs a commit, and says so. */
async function codeVersionIfAny(project: string, except: readonly string[]): Promise<CodeVersion> {
  try {
    return await codeVersion(project, except);
  } catch (error) {
    if (error instanceof ProjectError) return { commit: null, isDirty: true };
    throw error;
  }
}
