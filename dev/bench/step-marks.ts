import { z } from "zod";

/**
 * What main.ts does, in order: Node and tsx start; our code and cdktf load; access.yaml is read,
 * parsed and checked; …
 */
export const STEPS = ["start", "load", "read", "build", "write"] as const;
export type Step = (typeof STEPS)[number];

const mark = z.object({
  /** How long the step took, in milliseconds. */
  ms: z.number().nonnegative(),
  /** The most memory that the process had held by the end of the step, in bytes (resident set). */
  peakBytes: z.number().positive(),
});
export type Mark = Readonly<z.infer<typeof mark>>;

/** One process's steps: what dev/bench/steps.ts prints. */
export const stepMarks = z.object({ start: mark, load: mark, read: mark, build: mark, write: mark });
export type StepMarks = Readonly<z.infer<typeof stepMarks>>;
