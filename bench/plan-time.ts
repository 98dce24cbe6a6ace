import { writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { repositoryRoot } from "../lib/tools/cache";
import { generatePlan } from "./generate-plan";
import { median } from "./statistics";
import { timedRun } from "./timed-run";

/** How many resources the promise about plans is for. */
export const RESOURCES_REVIEWED = 10_000;

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
  /** From a plan's JSON of 10,000 resources to Markdown, whole or cut to a comment, whichever takes longer. Median, milliseconds. */
  readonly ms: number;
  /** The most memory that the process held, Node and the loader included. Median. */
  readonly peakBytes: number;
  readonly runs: readonly Printed[];
}

/**
 * Times the review of one large plan, each run in a process of its own; starting Node and loading code do not count.
 * @param runs 1 or more
 * @param freshFolder makes an empty folder
 * @throws ProjectError `bench-run-failed`
 */
export async function measurePlan(runs: number, freshFolder: () => string): Promise<PlanTime> {
  const file = path.join(freshFolder(), "plan.json");
  writeFileSync(file, generatePlan(RESOURCES_REVIEWED));
  const measured: Printed[] = [];
  for (let run = 0; run < runs; run += 1) {
    const { stdout } = await timedRun({
      command: process.execPath,
      args: ["--import", "tsx", path.join("bench", "review-markdown.ts"), file],
      cwd: repositoryRoot,
      env: {},
    });
    measured.push(printed.parse(JSON.parse(stdout)));
  }
  return {
    ms: median(measured.map(wholeMs)),
    peakBytes: median(measured.map(({ peakBytes }) => peakBytes)),
    runs: measured,
  };
}

function wholeMs({ modelMs, accessMs, markdownMs, commentMs }: Printed): number {
  return modelMs + accessMs + Math.max(markdownMs, commentMs);
}
