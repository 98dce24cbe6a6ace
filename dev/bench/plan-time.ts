import { writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { repositoryRoot } from "../../lib/programs/cache";
import { bundle } from "../../setup/bundle.cjs";
import { CHANGES_OF_SERVICE, generatePlan, RESOURCES_OF_SERVICE } from "./generate-plan";
import { median } from "./statistics";
import { timedRun } from "./timed-run";

/** Services of the plans that the promises are about. */
const SERVICES = 1_000;
/** Resources of the promises on plans, and changes among them. */
export const RESOURCES_REVIEWED = SERVICES * RESOURCES_OF_SERVICE;
export const FEW_CHANGES = changedServices(SERVICES).few * CHANGES_OF_SERVICE;
export const MANY_CHANGES = changedServices(SERVICES).many * CHANGES_OF_SERVICE;

/**
 * Changed services: in a pull request to a large project, and all services, for example with a new
 * tag or provider version.
 */
function changedServices(services: number) {
  return { few: Math.ceil(services * 0.033), many: services };
}

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
   * CPU time from the JSON of a plan to Markdown: the whole report or the
   * comment, whichever takes longer. Median, milliseconds.
   */
  readonly ms: number;
  /**
   * Compared with reading the file and JSON.parse, in a process of its own. Median of the turns.
   */
  readonly ratio: number;
  /** Peak memory of the process, including Node and the loader. Median. */
  readonly peakBytes: number;
  readonly runs: readonly Printed[];
}

export type PlanTimes = Readonly<Record<"few" | "many", PlanTime>>;

/**
 * Measures reviews of two large plans in alternating turns, each in its own process, without
 * starting Node and loading code.
 * @param services of each plan
 * @param runs 1 or more
 * @param freshFolder creates an empty folder
 * @throws ProjectError `bench-run-failed`
 */
export async function measurePlans(
  services: number,
  runs: number,
  freshFolder: () => string,
): Promise<PlanTimes> {
  const folder = freshFolder();
  const fileOf = (plan: keyof PlanTimes): string => path.join(folder, `${plan}.json`);
  const few: Turn[] = [];
  const many: Turn[] = [];
  const changed = changedServices(services);
  writeFileSync(fileOf("few"), generatePlan(services, changed.few));
  writeFileSync(fileOf("many"), generatePlan(services, changed.many));
  // Compiled as the commands are.
  const entryPoints = ["dev/bench/review-markdown.ts"];
  await bundle({ root: repositoryRoot, entryPoints, outdir: folder });
  const program = path.join(folder, "review-markdown.mjs");
  for (let run = 0; run < runs; run += 1) {
    few.push(await timedReview(program, fileOf("few"), changed.few * CHANGES_OF_SERVICE));
    many.push(await timedReview(program, fileOf("many"), changed.many * CHANGES_OF_SERVICE));
  }
  return { few: timeOf(few), many: timeOf(many) };
}

/** A review, and the CPU time that it takes to read its file, in milliseconds. */
interface Turn {
  readonly review: Printed;
  readonly readMs: number;
}

const READING = `const start = process.cpuUsage();
JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
const { user, system } = process.cpuUsage(start);
console.log((user + system) / 1_000);`;

async function timedReview(program: string, file: string, changes: number): Promise<Turn> {
  const read = await timedRun({
    command: process.execPath,
    args: ["-e", READING, file],
    cwd: repositoryRoot,
    env: {},
  });
  const { stdout } = await timedRun({
    command: process.execPath,
    args: [program, file],
    cwd: repositoryRoot,
    env: {},
  });
  const run = printed.parse(JSON.parse(stdout));
  if (run.changes !== changes) throw new Error(`${run.changes} changes instead of ${changes}`);
  return { review: run, readMs: z.number().positive().parse(JSON.parse(read.stdout)) };
}

function timeOf(turns: readonly Turn[]): PlanTime {
  const runs = turns.map(({ review }) => review);
  return {
    ms: median(runs.map(wholeMs)),
    ratio: median(turns.map(({ review, readMs }) => wholeMs(review) / readMs)),
    peakBytes: median(runs.map(({ peakBytes }) => peakBytes)),
    runs,
  };
}

function wholeMs({ modelMs, accessMs, markdownMs, commentMs }: Printed): number {
  return modelMs + accessMs + Math.max(markdownMs, commentMs);
}
