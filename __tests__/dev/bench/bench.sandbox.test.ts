import { z } from "zod";
import { run } from "../../../lib/process/run";
import { repositoryRoot } from "../../../lib/programs/cache";
import { ownProgram } from "../../../lib/programs/own-program";

const positive = z.number().positive();
const marks = z.object(
  Object.fromEntries(
    ["start", "load", "read", "build", "write"].map((step) => [
      step,
      z.object({ ms: positive, peakBytes: positive }),
    ]),
  ),
);
/** The documented part of `--json`. */
const output = z.object({
  runs: z.literal(1),
  machine: z.object({
    cpu: z.string(),
    cores: positive,
    memoryBytes: positive,
    os: z.string(),
    node: z.string(),
  }),
  stock: z.object({
    oursMs: positive,
    theirsMs: positive,
    ratioOfMedians: positive,
    medianOfRatios: positive,
    resources: positive,
  }),
  atOnce: z.object({
    nodeMs: positive,
    words: positive,
    file: positive,
    audit: positive,
    review: positive,
    npmRun: z.number(),
  }),
  sizes: z.tuple([z.object({ size: z.literal(2), steps: marks, wholeMs: positive, peakBytes: positive })]),
  proofs: z.object({ ms: positive, runs: z.tuple([positive]) }),
  decisions: z.object({ perSecond: positive, ratio: positive, runs: z.tuple([positive]) }),
  plans: z.object({
    few: z.object({ ms: positive, ratio: positive, peakBytes: positive }),
    many: z.object({ ms: positive, ratio: positive, peakBytes: positive }),
  }),
  budgets: z.array(z.object({ name: z.string(), verdict: z.enum(["kept", "exceeded", "not measured"]) })),
});

function bench(...args: readonly string[]) {
  const [program, ...first] = ownProgram("cli/bench.ts");
  // What is tested is what it prints, not how long anything takes, or how long ts-node checks the
  // types of the stock template.
  const env = { ...process.env, BENCH_BRIEF: "1", TS_NODE_TRANSPILE_ONLY: "true" };
  return run(program, [...first, ...args], { cwd: repositoryRoot, env });
}

describe("npm run bench", () => {
  test("--json: one run of everything, and only JSON on standard output", async () => {
    const { exitCode, stdout, stderr } = await bench(
      "--sizes",
      "2",
      "--runs",
      "1",
      "--review",
      "0",
      "--json",
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining("done") });
    const { stock, sizes, budgets } = output.parse(JSON.parse(stdout));
    // One provider; three buckets, of six resources each; two roles, of four each.
    expect(stock.resources).toBe(1 + 3 * 6 + 2 * 4);
    const { steps, peakBytes } = sizes[0];
    const peaks = Object.values(steps).map((mark) => mark.peakBytes);
    expect(peaks).toEqual([...peaks].sort((left, right) => left - right));
    expect(peakBytes).toBe(peaks.at(-1));
    const unmeasured = budgets.filter(({ verdict }) => verdict === "not measured");
    expect(unmeasured).toEqual(budgets.slice(-9));
  }, 600_000);

  test.each([
    ["--sizes", "ten"],
    ["--runs", "0"],
    ["--check", "--sizes", "10,100"],
    ["--check", "--review", "0"],
    ["--review", "101"],
    ["--no-such-option"],
  ])(
    "wrong usage exits with 2 before anything runs: %s %s",
    async (...args) => {
      const { exitCode, stdout } = await bench(...args);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    },
    300_000,
  );
});
