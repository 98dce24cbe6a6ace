import { mkdirSync } from "node:fs";
import path from "node:path";
import { ProjectError } from "../../errors";
import type { Terraform } from "../../terraform/terraform";
import { failedPlan, type ReadPlan, readPlan } from "../read-plan";
import { inParallel } from "./in-parallel";
import type { SynthesisedStack } from "./manifest";

export interface PlanSettings {
  readonly terraform: Terraform;
  /** Where the plans are kept, `NAME.plan` each. */
  readonly folder: string;
  /** How many at once, 1 or more. */
  readonly atOnce: number;
  /** False: the state is not locked, which needs no right to write it. */
  readonly lock: boolean;
  /** Told of each stack when it begins and when it is over. */
  readonly onStack: <T>(name: string, task: () => Promise<T>) => Promise<T>;
}

/**
 * Plans every stack, some at once. One stack's failure is its own: the others are planned all the same.
 * @returns in the order of `stacks`
 */
export function planStacks(
  stacks: readonly SynthesisedStack[],
  settings: PlanSettings,
): Promise<readonly ReadPlan[]> {
  const { terraform, folder, atOnce, lock, onStack } = settings;
  mkdirSync(folder, { recursive: true });
  return inParallel(stacks, atOnce, (stack) =>
    onStack(stack.name, () => planStack(stack)).catch((error: unknown): ReadPlan => {
      if (error instanceof ProjectError) return failedPlan(stack.name, explained(error.message));
      throw error;
    }),
  );

  async function planStack({ name, folder: at }: SynthesisedStack): Promise<ReadPlan> {
    const file = path.resolve(folder, `${name}.plan`);
    await terraform.init(at);
    await terraform.plan(at, { out: file, lock });
    return readPlan(await terraform.showPlan(at, file), name);
  }
}

/** The one failure that everybody meets once has a name and a way out. */
function explained(message: string): string {
  return /NoSuchBucket|S3 bucket .* does not exist/s.test(message)
    ? "its state bucket is not there: create it with `npm run bootstrap -- --account NAME`"
    : message;
}
