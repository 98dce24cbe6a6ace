import { chmodSync, copyFileSync } from "node:fs";
import path from "node:path";
import { ProjectError } from "../../errors";
import { inParallel } from "../../process/in-parallel";
import { sha256OfFile } from "../../project/sha256";
import type { Terraform } from "../../terraform/terraform";
import { copyPrivately, type PrivateCopy } from "../kept/private-copy";
import type { Reviewed, ReviewedStack } from "../kept/reviewed-file";
import { codeDigest } from "../stacks/code-digest";
import type { SynthesisedStack } from "../stacks/synthesised-stacks";
import { inOrder, type NotBegun } from "./in-order";
import { ApplyRefused, type Refusal } from "./refusal";
import { type Present, refusalsOf } from "./refusals";
import type { Stopping } from "./stop-once";

/** The result for one reviewed stack. */
export type Applied =
  | { readonly kind: "applied" | "no-changes" | "already-applied" }
  /**
   * The state has changed since it was planned, and a new plan has changes: nothing was applied.
   */
  | { readonly kind: "stale" }
  | { readonly kind: "failed"; readonly failure: string }
  | NotBegun;

interface ApplySettings {
  readonly terraform: Terraform;
  /** Where the plans and `reviewed.json` are. */
  readonly folder: string;
  /** The number of stacks applied at once, 1 or more. */
  readonly atOnce: number;
  readonly stopping: Stopping;
  /** Whether `terraform init` runs for one stack at a time. */
  readonly initsAlone?: boolean;
  /** Wraps the work on each stack, to report its beginning and end. */
  readonly onStack: <T>(name: string, task: () => Promise<T>) => Promise<T>;
  /** Each line that Terraform prints while it applies. */
  readonly onLine: (stack: string, line: string) => void;
}

/**
 * Applies exactly the reviewed plans, in the order of the stacks' dependencies. All stacks are
 * checked and initialised first; on any difference from the review, nothing is applied. A stale
 * plan counts as applied if a new plan of the same code has no changes: an earlier run was
 * interrupted after it applied the stack.
 * @returns one outcome for each reviewed stack, by name
 * @throws ApplyRefused with every reason
 */
export async function applyReviewed(
  reviewed: Reviewed,
  present: Present,
  settings: ApplySettings,
): Promise<ReadonlyMap<string, Applied>> {
  const copies = copyPrivately(settings.folder, reviewed);
  try {
    return await applyCopies(copies.stacks, reviewed, present, settings);
  } finally {
    copies.remove();
  }
}

async function applyCopies(
  copied: PrivateCopy["stacks"],
  reviewed: Reviewed,
  present: Present,
  settings: ApplySettings,
): Promise<ReadonlyMap<string, Applied>> {
  const { terraform, folder, atOnce, stopping, onStack, onLine } = settings;
  const refuse = (refusals: readonly Refusal[]) => {
    if (refusals.length > 0) throw new ApplyRefused(folder, refusals);
  };
  refuse(refusalsOf(copied, reviewed, present));
  const folders = new Map(present.stacks.map((stack) => [stack.name, stack]));
  const toDo = Object.entries(reviewed.stacks).flatMap(([name, stack]) => {
    const now = folders.get(name);
    const files = copied.get(name);
    if (stack.outcome !== "changes" || now === undefined || files === undefined) return [];
    return [{ ...now, reviewed: stack, plan: files.plan.file, lock: files.lock.file }];
  });
  refuse((await inParallel(toDo, settings.initsAlone === true ? 1 : atOnce, prepare)).flat());
  const byName = new Map(toDo.map((stack) => [stack.name, stack]));
  // Stacks that were not planned are steps too: dependencies lead through them.
  const steps = present.stacks.map(({ name, dependencies }) => ({
    name,
    dependencies: [...new Set([...dependencies, ...(reviewed.stacks[name]?.dependencies ?? [])])],
  }));
  const outcomes = await inOrder<Applied>(steps, {
    atOnce,
    stopped: stopping.signal,
    isDone: ({ kind }) => kind === "applied" || kind === "no-changes" || kind === "already-applied",
    task: async (name) => {
      const stack = byName.get(name);
      if (stack === undefined) return { kind: "no-changes" };
      return onStack(name, () => applyStack(stack)).catch((error: unknown): Applied => {
        if (!(error instanceof ProjectError)) throw error;
        if (error.code === "plan-stale") return { kind: "stale" };
        const fix = error.fix === undefined ? "" : `\n→ ${error.fix}`;
        return { kind: "failed", failure: `${error.message}${fix}` };
      });
    },
  });
  return new Map([...outcomes].filter(([name]) => Object.hasOwn(reviewed.stacks, name)));

  /** Runs `terraform init` with exactly the providers of the plan. */
  async function prepare({ name, folder: at, lock }: ToDo): Promise<readonly Refusal[]> {
    try {
      const locked = lockedProviders(at);
      copyFileSync(lock, locked);
      chmodSync(locked, 0o644);
      await terraform.init(at, { lockedProviders: true });
      return [];
    } catch (error) {
      if (!(error instanceof ProjectError)) throw error;
      return [{ code: "reviewed-providers", message: `${name}: terraform init failed: ${error.message}` }];
    }
  }

  async function applyStack({ name, folder: at, plan, reviewed: { code, lock } }: ToDo): Promise<Applied> {
    // Minutes may have passed since the check. Terraform uses the lock file of this folder, and the
    // code for a new plan.
    const isAsReviewed = (): boolean => codeDigest(at) === code && sha256OfFile(lockedProviders(at)) === lock;
    if (!isAsReviewed()) throw stackChanged(name, at);
    const outcome = await terraform.apply(at, plan, {
      onLine: (line) => onLine(name, line),
      onSpawn: stopping.watch,
    });
    if (outcome === "applied") return { kind: "applied" };
    const isStopped = stopping.signal() !== undefined;
    if (!isStopped && (await terraform.plan(at)) === "no-changes") {
      if (!isAsReviewed()) throw stackChanged(name, at);
      return { kind: "already-applied" };
    }
    throw new ProjectError({
      code: "plan-stale",
      message: `${name}: its state has changed since it was planned`,
      found: name,
    });
  }
}

interface ToDo extends SynthesisedStack {
  readonly reviewed: Extract<ReviewedStack, { outcome: "changes" }>;
  /** The private copy of its plan. */
  readonly plan: string;
  /** The private copy of its lock file. */
  readonly lock: string;
}

function lockedProviders(folder: string): string {
  return path.join(folder, ".terraform.lock.hcl");
}

function stackChanged(name: string, folder: string): ProjectError {
  return new ProjectError({
    code: "reviewed-code-changed",
    message: `${name}: its code or lock file changed after the check: ${folder}`,
    found: folder,
    fix: "make sure that no other process writes to this folder, then run the command again",
  });
}
