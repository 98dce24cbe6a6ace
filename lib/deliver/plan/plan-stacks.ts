import { chmodSync, copyFileSync, rmSync } from "node:fs";
import path from "node:path";
import { oidc } from "../../command-name";
import type { ReadPlan } from "../../diff/model/facts";
import { failedPlan, readPlan } from "../../diff/read-plan";
import { ProjectError } from "../../errors";
import { inParallel } from "../../process/in-parallel";
import { sha256OfFile } from "../../project/sha256";
import { notWritten } from "../../project/write-whole";
import type { Terraform } from "../../terraform/terraform";
import { makePrivateFile, makePrivateFolder } from "../kept/private-folder";
import { lockFile, planFile, type ReviewedStack } from "../kept/reviewed-file";
import { codeDigest } from "../stacks/code-digest";
import type { SynthesisedStack } from "../stacks/synthesised-stacks";

interface PlanSettings {
  readonly terraform: Terraform;
  /** Where the plans are kept as `NAME.plan`, readable by their owner only. */
  readonly folder: string;
  /** The number of stacks at once, 1 or more. */
  readonly atOnce: number;
  /** False: the state is not locked, so that no write permission is needed. */
  readonly lock: boolean;
  /**
   * Whether `terraform init` runs for one stack at a time: Terraform does not lock its plugin
   * cache.
   */
  readonly initsAlone?: boolean;
  /** Wraps the work on each stack, to report its beginning and end. */
  readonly onStack: <T>(name: string, task: () => Promise<T>) => Promise<T>;
}

/** The plan of one stack. */
interface PlannedStack {
  readonly name: string;
  readonly plan: ReadPlan;
  readonly reviewed: ReviewedStack;
  /** The time of init, plan and show together. */
  readonly seconds: number;
}

/**
 * Plans every stack, several at once. If one fails, the others are planned all the same.
 * @returns in the order of `stacks`
 * @throws ProjectError `not-written` if the plans cannot be kept
 */
export async function planStacks(
  stacks: readonly SynthesisedStack[],
  settings: PlanSettings,
): Promise<readonly PlannedStack[]> {
  const { terraform, folder, atOnce, lock, onStack } = settings;
  const init = settings.initsAlone === true ? oneAtATime() : atAnyTime;
  makePrivateFolder(folder);
  return inParallel(stacks, atOnce, async (stack): Promise<PlannedStack> => {
    const since = Date.now();
    const common = { dependencies: stack.dependencies, code: codeDigest(stack.folder) };
    const files = { plan: planFile(folder, stack.name), lock: lockFile(folder, stack.name) };
    const done = (plan: ReadPlan, reviewed: ReviewedStack): PlannedStack => ({
      name: stack.name,
      plan,
      reviewed,
      seconds: (Date.now() - since) / 1_000,
    });
    makePrivateFile(files.plan);
    try {
      const { text, outcome } = await onStack(stack.name, () => planStack(stack, files));
      const plan = readPlan(text, stack.name);
      const [planDigest, lockDigest] = [sha256OfFile(files.plan), sha256OfFile(files.lock)];
      if (plan.review.isErrored || planDigest === undefined || lockDigest === undefined)
        return done(plan, { outcome: "failed", ...common });
      return done(plan, { outcome, ...common, plan: planDigest, lock: lockDigest });
    } catch (error) {
      if (!(error instanceof ProjectError) || error.code === "not-written") throw error;
      for (const file of [files.plan, files.lock]) rmSync(file, { force: true });
      return done(failedPlan(stack.name, explained(error)), { outcome: "failed", ...common });
    }
  });

  async function planStack({ folder: at }: SynthesisedStack, files: { plan: string; lock: string }) {
    await init(() => terraform.init(at));
    const outcome = await terraform.plan(at, { out: files.plan, lock });
    keepLockFile(at, files.lock);
    return { text: await terraform.showPlan(at, files.plan), outcome };
  }
}

/** A stack without providers has no lock file. */
function keepLockFile(folder: string, file: string): void {
  try {
    makePrivateFile(file);
    copyFileSync(path.join(folder, ".terraform.lock.hcl"), file);
    chmodSync(file, 0o600);
  } catch (cause) {
    if (typeof cause === "object" && cause !== null && "code" in cause && cause.code === "ENOENT") return;
    throw cause instanceof ProjectError ? cause : notWritten(file, cause);
  }
}

type Turn = <T>(task: () => Promise<T>) => Promise<T>;

const atAnyTime: Turn = (task) => task();

function oneAtATime(): Turn {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const turn = last.then(task);
    last = turn.catch(() => undefined);
    return turn;
  };
}

/**
 * Terraform's message without the paths of this machine. Common failures get a short message and a
 * fix.
 */
function explained({ code, message, fix }: ProjectError): string {
  if (code === "state-locked") return `its state is locked: ${fix}\n${message}`;
  return /NoSuchBucket|S3 bucket .* does not exist/s.test(message)
    ? `its state bucket does not exist: create it with \`${oidc("bootstrap", "--account NAME")}\``
    : message.replace(/^`(terraform \w+)` failed in .* (\(exit code \S+\):\n)/, "$1 failed $2");
}
