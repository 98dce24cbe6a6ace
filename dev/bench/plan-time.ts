import { writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { repositoryRoot } from "../../lib/programs/cache";
import { CHANGES_OF_SERVICE, generatePlan, RESOURCES_OF_SERVICE } from "./generate-plan";
import { median } from "./statistics";
import { timedRun } from "./timed-run";

const SERVICES = 1_000;
/**
 * Changed services: in a pull request to a large project, and all services, for example with a new
 * tag or provider version.
 */
const CHANGED_SERVICES = { few: 33, many: SERVICES } as const;
/** Resources of the promises on plans, and changes among them. */
export const RESOURCES_REVIEWED = SERVICES * RESOURCES_OF_SERVICE;
export const FEW_CHANGES = CHANGED_SERVICES.few * CHANGES_OF_SERVICE;
export const MANY_CHANGES = CHANGED_SERVICES.many * CHANGES_OF_SERVICE;

const printed = z.object({
  modelMs: z.number().positive(),
  accessMs: z.number().positive(),
  markdownMs: z.number().positive(),
  commentMs: z.number().positive(),
  changes: z.number().int().positive(),
  peakBytes: z.number().positive(),
});
type Printed = Readonly<z.infer<typeof printed>>;

export interface PlanTime {
  /**
   * Time from the JSON of a plan with 10,000 resources to Markdown: the whole report or the
   * comment, whichever takes longer. Median, milliseconds.
   */
  readonly ms: number;
  /** Peak memory of the process, including Node and the loader. Median. */
  readonly peakBytes: number;
  readonly runs: readonly Printed[];
}

export type PlanTimes = Readonly<Record<keyof typeof CHANGED_SERVICES, PlanTime>>;

/**
 * Measures reviews of two large plans in alternating turns, each in its own process, without
 * starting Node and loading code.
 * @param runs 1 or more
 * @param freshFolder creates an empty folder
 * @throws ProjectError `bench-run-failed`
 */
export async function measurePlans(runs: number, freshFolder: () => string): Promise<PlanTimes> {
  const folder = freshFolder();
  const fileOf = (plan: keyof PlanTimes): string => path.join(folder, `${plan}.json`);
  const few: Printed[] = [];
  const many: Printed[] = [];
  writeFileSync(fileOf("few"), generatePlan(SERVICES, CHANGED_SERVICES.few));
  writeFileSync(fileOf("many"), generatePlan(SERVICES, CHANGED_SERVICES.many));
  for (let run = 0; run < runs; run += 1) {
    few.push(await timedReview(fileOf("few"), FEW_CHANGES));
    many.push(await timedReview(fileOf("many"), MANY_CHANGES));
  }
  return { few: timeOf(few), many: timeOf(many) };
}

async function timedReview(file: string, changes: number): Promise<Printed> {
  const { stdout } = await timedRun({
    command: process.execPath,
    args: ["--import", "tsx", path.join("dev", "bench", "review-markdown.ts"), file],
    cwd: repositoryRoot,
    env: {},
  });
  const run = printed.parse(JSON.parse(stdout));
  if (run.changes !== changes) throw new Error(`${run.changes} changes instead of ${changes}`);
  return run;
}

function timeOf(runs: readonly Printed[]): PlanTime {
  return {
    ms: median(runs.map(wholeMs)),
    peakBytes: median(runs.map(({ peakBytes }) => peakBytes)),
    runs,
  };
}

function wholeMs({ modelMs, accessMs, markdownMs, commentMs }: Printed): number {
  return modelMs + accessMs + Math.max(markdownMs, commentMs);
}
