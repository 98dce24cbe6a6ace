import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { oidc } from "../../command-name";
import { type SynthesisedStack, stacksIn } from "../../deliver/stacks/synthesised-stacks";
import { ProjectError } from "../../errors";
import { readPlanJson } from "../../plan/plan-json";
import { inParallel } from "../../process/in-parallel";
import type { Terraform } from "../../terraform/terraform";
import type { StackTransfers, Transfers } from "../imports/transfers";
import type { AdoptionCheck } from "./adoption-check";
import { checkPlan } from "./check-plan";

interface CheckSettings {
  readonly terraform: Terraform;
  /** Folder of the synthesized stacks. */
  readonly output: string;
  /** Concurrent plans, 1 or more. */
  readonly atOnce: number;
  /** Whether `terraform init` must not run concurrently. */
  readonly initsAlone: boolean;
  readonly step: <T>(what: string, task: () => Promise<T>) => Promise<T>;
}

/**
 * Plans every stack that imports or forgets anything, without locking or changing the state.
 * @param transfers content of imports.json
 * @throws ProjectError `unknown-stack`, `not-synthesised`
 */
export async function checkAdoption(transfers: Transfers, settings: CheckSettings): Promise<AdoptionCheck> {
  const wanted = new Map<string, StackTransfers>([...transfers.values()].flatMap((stacks) => [...stacks]));
  if (wanted.size === 0) return { imported: [], inState: [], forgotten: [], problems: [] };
  const stacks = stacksIn(settings.output, [...wanted.keys()]);
  // Sequential where several would write to one plugin cache; the plans then run concurrently.
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
    // A plan that would destroy a protected resource fails but is still written, with the change.
    if (!existsSync(out)) return failed(name, failure);
  }
  const checked = checkPlan(name, readPlanJson(await terraform.showPlan(at, out), name), transfers);
  if (failure === undefined) return checked;
  return { ...checked, problems: [...checked.problems, ...failed(name, failure).problems] };
}

function failed(stack: string, message: string): AdoptionCheck {
  const fix = /NoSuchBucket|S3 bucket .* does not exist/s.test(message)
    ? `the state bucket does not exist: ${oidc("bootstrap")}`
    : message;
  const problem = { stack, address: "", action: "failed", attribute: "", fix };
  return { imported: [], inState: [], forgotten: [], problems: [problem] };
}
