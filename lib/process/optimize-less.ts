import { setFlagsFromString } from "node:v8";

/** Releases of Node whose V8 has the flag: another would print that it does not know it. */
const KNOWN: ReadonlySet<string> = new Set(["20", "22"]);

/** V8's own is 67,584 (`--v8-options`). */
const BUDGET = 5_000_000;

/** For tests, which run longer than a command: measured as the best of 67,584 to 5,000,000. */
const TEST_BUDGET = 1_000_000;

/** Options of Node with which tests take a quarter less CPU time. None if it has no such flag. */
export function optionsForTests(): readonly string[] {
  return isKnown() ? [`--interrupt-budget=${TEST_BUDGET}`] : [];
}

/**
 * Makes V8 optimize functions only that run for very long. A command or a synth ends within seconds:
 * with V8's own budget, optimizing takes more CPU time than it saves, a half of a review.
 */
export function optimizeLess(): void {
  if (isKnown()) setFlagsFromString(`--interrupt-budget=${BUDGET}`);
}

function isKnown(): boolean {
  const [major = ""] = process.versions.node.split(".");
  return KNOWN.has(major);
}
