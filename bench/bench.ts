import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Progress } from "../lib/tools/progress";
import { type AgainstStock, measureAgainstStock } from "./against-stock";
import { type Budget, type GrowthOfSizes, growthOfSizes, judge } from "./budgets";
import { type DecisionRate, measureDecisions } from "./decision-rate";
import { type DoorTime, measureDoor } from "./door-time";
import { describeMachine, type Machine } from "./machine";
import { measureProofs, type ProofTime, ROLES_PROVEN } from "./proof-time";
import { measureSizes, type SizeResult } from "./sizes";

export interface BenchResult {
  /** As it was before the first run. */
  readonly machine: Machine;
  readonly runs: number;
  readonly stock: AgainstStock;
  /** In ascending order. */
  readonly sizes: readonly SizeResult[];
  readonly growth: GrowthOfSizes;
  readonly proofs: ProofTime;
  readonly decisions: DecisionRate;
  readonly door: DoorTime;
  readonly budgets: readonly Budget[];
}

export interface BenchOptions {
  /** Numbers of projects, ascending, each once. */
  readonly sizes: readonly number[];
  /** How often each is measured; 1 or more. */
  readonly runs: number;
  readonly progress: Progress;
}

/**
 * Measures, one process at a time; takes about a minute and a half with 1,000 projects and 5 runs. Writes to a folder of
 * its own under the system's temporary one, which is gone afterwards.
 * @throws ProjectError `bench-not-the-same`, `bench-run-failed`
 */
export async function bench({ sizes, runs, progress }: BenchOptions): Promise<BenchResult> {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  const freshFolder = (): string => mkdtempSync(path.join(folder, "run-"));
  try {
    const machine = describeMachine();
    const stock = await progress.step("the example, ours and the stock template in turns", () =>
      measureAgainstStock(runs, freshFolder),
    );
    const measured = await progress.step(`${sizes.join(", ")} projects`, () =>
      measureSizes(sizes, runs, freshFolder),
    );
    const proofs = await progress.step(`proofs of ${ROLES_PROVEN} roles`, () => measureProofs(runs));
    const decisions = await progress.step("trust decisions", () => measureDecisions(runs));
    const door = await progress.step("calls through the sandbox's door", () => measureDoor(runs));
    const growth = growthOfSizes(measured);
    const budgets = judge(stock, measured, proofs, decisions, door);
    return { machine, runs, stock, sizes: measured, growth, proofs, decisions, door, budgets };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
