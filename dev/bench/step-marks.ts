import { z } from "zod";

/**
 * The steps of main.ts: Node and tsx start; code is loaded; access.yaml is read and checked;
 * constructs are built; files are written.
 */
export const STEPS = ["start", "load", "read", "build", "write"] as const;
export type Step = (typeof STEPS)[number];

const mark = z.object({
  /** Duration in milliseconds. */
  ms: z.number().nonnegative(),
  /** Peak resident memory of the process until the end of the step, in bytes. */
  peakBytes: z.number().positive(),
});
export type Mark = Readonly<z.infer<typeof mark>>;

/** Output of dev/bench/steps.ts. */
export const stepMarks = z.object({ start: mark, load: mark, read: mark, build: mark, write: mark });
export type StepMarks = Readonly<z.infer<typeof stepMarks>>;
