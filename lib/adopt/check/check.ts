import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type SynthesisedStack, stacksIn } from "../../deliver/stacks/synthesised-stacks";
import { ProjectError } from "../../errors";
import { readPlanJson } from "../../plan/plan-json";
import { inParallel } from "../../process/in-parallel";
import type { Terraform } from "../../terraform/terraform";
import type { StackTransfers, Transfers } from "../imports/transfers";
import type { AdoptionCheck } from "./adoption-check";
import { checkPlan } from "./check-plan";

export interface CheckSettings {
  readonly terraform: Terraform;
  /** Where the stacks were written. */
  readonly output: string;
  /** How many plans at once, 1 or more. */
  readonly atOnce: number;
  /** Whether `terraform init` must not run twice at once. */
  readonly initsAlone: boolean;
  readonly step: <T>(what: string, task: () => Promise<T>) => Promise<T>;
}

/**
 * Plans every stack that something is imported to or forgotten in, without locking or changing
 * anything, and says what a deploy would do to it.
 * @param transfers what imports.json says
 * @throws ProjectError `unknown-stack`, `not-synthesised`
 */
export async function checkAdoption(transfers: Transfers, settings: CheckSettings): Promise<AdoptionCheck> {
  const wanted = new Map<string, StackTransfers>([...transfers.values()].flatMap((stacks) => [...stacks]));
  if (wanted.size === 0) return { imported: [], inState: [], forgotten: [], problems: [] };
  const stacks = stacksIn(settings.output, [...wanted.keys()]);
  // One after the other where they would fill the plugin cache together; then all plans at once.
  if (settings.initsAlone) for (const { folder } of stacks) await settings.terraform.init(folder);
  const folder = mkdtempSync(path.join(tmpdir(), "adopt-check-"));
  try {
    const checks = await inParallel(stacks, settings.atOnce, (stack) =>
      settings.step(`plan ${stack.name}`, () => checkStack(stack, wanted, folder, settings)),
    );
    return {
      imported: checks.flatMap((one) => one.imported),
      inState: checks.flatMap((one) => one.inState),
      forgotten: checks.flatMap((one) => one.forgotten),
      problems: checks.flatMap((one) => one.problems),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function checkStack(
  { name, folder: at }: SynthesisedStack,
  wanted: ReadonlyMap<string, StackTransfers>,
  folder: string,
  { terraform, initsAlone }: CheckSettings,
): Promise<AdoptionCheck> {
  const transfers = wanted.get(name) ?? { imports: {}, forgotten: [] };
  const out = path.join(folder, `${name}.plan`);
  let failure: string | undefined;
  try {
    if (!initsAlone) await terraform.init(at);
    await terraform.plan(at, { out, lock: false });
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    failure = error.message;
    // A plan that would destroy what is protected fails, and is written all the same: it says what
    // it would have done.
    if (!existsSync(out)) return failed(name, failure);
  }
  const judged = checkPlan(name, readPlanJson(await terraform.showPlan(at, out), name), transfers);
  if (failure === undefined) return judged;
  return { ...judged, problems: [...judged.problems, ...failed(name, failure).problems] };
}

function failed(stack: string, message: string): AdoptionCheck {
  const fix = /NoSuchBucket|S3 bucket .* does not exist/s.test(message)
    ? "its state bucket is not there: npm run bootstrap"
    : message;
  const problem = { stack, address: "", action: "failed", attribute: "", fix };
  return { imported: [], inState: [], forgotten: [], problems: [problem] };
}
