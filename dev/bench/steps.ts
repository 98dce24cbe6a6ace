import { optimizeLess } from "../../lib/process/optimize-less";
import type { Mark, StepMarks } from "./step-marks";

/**
 * Runs the steps of main.ts one by one: `node --import tsx dev/bench/steps.ts`, with the
 * environment of main.ts. Prints StepMarks as JSON. Code is imported dynamically to measure
 * loading, so nothing else may be imported statically than types and what sets V8's flags.
 */
async function steps(): Promise<StepMarks> {
  // `performance.now()` starts with the process.
  let last = 0;
  const mark = (): Mark => {
    const now = performance.now();
    const ms = now - last;
    last = now;
    return { ms, peakBytes: process.resourceUsage().maxRSS * 1024 };
  };

  const start = mark();
  optimizeLess();
  const { App, buildStacks, readAccess, withoutStackTraces } = await import("./project-code.js");
  const load = mark();
  const access = readAccess();
  const read = mark();
  return withoutStackTraces(() => {
    const app = new App();
    buildStacks(app, access);
    const build = mark();
    app.synth();
    return { start, load, read, build, write: mark() };
  });
}

steps().then(
  (marks) => console.log(JSON.stringify(marks)),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
