import { describeMachine, isBusy } from "../dev/bench/machine";
import {
  parseReviewProjects,
  parseRuns,
  parseSizes,
  parseTrail,
  requireCheckable,
} from "../dev/bench/options";
import { describeBench } from "../dev/bench/tables";
import { describeTrail } from "../dev/bench/trail-time";
import { createProgress } from "../lib/programs/progress";
import { note, print, printAsJson } from "../lib/terminal/output";
import { createCommand, runCommand } from "./command";

interface Options {
  readonly json?: true;
  readonly check?: true;
  readonly runs: string;
  readonly sizes: string;
  readonly review: string;
  readonly trail?: string;
}

const command = createCommand(
  "bench",
  "Measure time and memory of synth, proofs and review, and compare them with the promises of docs/benchmarks.md.",
)
  .option("--runs <number>", "runs of each measurement", "5")
  .option(
    "--sizes <list>",
    "numbers of projects; plans have as many services as the largest, or 1000 if listed",
    "10,100,1000",
  )
  .option("--review <number>", "projects in the review that is compared with xargs; 0 skips it", "6")
  .option("--trail <MB>", "only usage, once, of so many compressed MB of generated trail logs")
  .option("--json", "print all measurements as JSON")
  .option("--check", "exit with 1 if a promise is not kept")
  .action(main);

async function main(options: Options): Promise<void> {
  const [runs, sizes] = [parseRuns(options.runs), parseSizes(options.sizes)];
  const reviewProjects = parseReviewProjects(options.review);
  if (options.check === true) requireCheckable(sizes, reviewProjects);
  const { load, cores } = describeMachine();
  if (isBusy({ load, cores })) {
    note(`this machine is busy (load ${load.toFixed(2)}, ${cores} cores): measured times will be too high`);
  }
  // With the compiler of the stock template, which a wrong call does not wait for.
  const { bench, benchTrail } = await import("../dev/bench/bench.ts");
  if (options.trail !== undefined) {
    const trail = await benchTrail(parseTrail(options.trail));
    if (options.json === true) printAsJson(JSON.stringify({ trail }, null, 2));
    else print(describeTrail(trail));
    return;
  }
  const result = await bench({ runs, sizes, reviewProjects, progress: createProgress() });
  if (options.json === true) printAsJson(JSON.stringify(result, null, 2));
  else print(describeBench(result));
  if (options.check === true && result.budgets.some(({ verdict }) => verdict !== "kept"))
    process.exitCode = 1;
}

runCommand(command);
