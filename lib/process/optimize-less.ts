import { setFlagsFromString } from "node:v8";

/** Releases of Node whose V8 has the flag: another would print that it does not know it. */
const KNOWN: ReadonlySet<string> = new Set(["20", "22"]);

/** V8's own is 67,584 (`--v8-options`). */
const BUDGET = 5_000_000;

/**
 * Makes V8 optimize functions only that run for very long. A command or a synth ends within seconds:
 * with V8's own budget, optimizing takes more CPU time than it saves, a half of a review.
 */
export function optimizeLess(): void {
  const [major = ""] = process.versions.node.split(".");
  if (KNOWN.has(major)) setFlagsFromString(`--interrupt-budget=${BUDGET}`);
}
