import { setFlagsFromString } from "node:v8";

/**
 * Releases of Node whose V8 has the flag: another prints that it does not know it, and with it as
 * an option it does not start. That of Node 22 and 24 counts calls, and has nothing to gain: a
 * review takes the same CPU time with its optimizers off.
 */
const KNOWN: ReadonlySet<string> = new Set(["20"]);

/** V8's own is 67,584 (`--v8-options`). */
const BUDGET = 5_000_000;

/**
 * How much the space of young objects grows at a time, up to V8's own limit; V8's own factor is 2.
 * What JSON.parse makes of a large plan stays, and is copied less often while that space is large.
 */
const YOUNG_GROWTH = 16;

/** For tests, which run longer than a command: measured as the best of 67,584 to 5,000,000. */
const TEST_BUDGET = 1_000_000;

/**
 * In MB: what a test file makes is seldom needed for long, and is collected a quarter as often.
 * V8's own is 1 to 16.
 */
const YOUNG_OBJECTS = 64;

/**
 * Options of Node with which tests take a quarter less CPU time. None if it has no such flag.
 * @param major version of Node, such as `20`
 */
export function optionsForTests(major: string = ownMajor()): readonly string[] {
  const young = ["min", "max"].map((limit) => `--${limit}-semi-space-size=${YOUNG_OBJECTS}`);
  return KNOWN.has(major) ? [`--interrupt-budget=${TEST_BUDGET}`, ...young] : [];
}

/**
 * Makes V8 optimize functions only that run for very long, and collect young objects less often. A
 * command or a synth ends within seconds: with V8's own budget, optimizing takes more CPU time than
 * it saves, a half of a review.
 */
export function optimizeLess(): void {
  if (!KNOWN.has(ownMajor())) return;
  setFlagsFromString(`--interrupt-budget=${BUDGET}`);
  setFlagsFromString(`--semi-space-growth-factor=${YOUNG_GROWTH}`);
}

function ownMajor(): string {
  const [major = ""] = process.versions.node.split(".");
  return major;
}
