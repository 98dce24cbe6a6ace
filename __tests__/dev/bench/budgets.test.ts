import {
  BUDGET_SIZE,
  checkBudgets,
  MOST_BYTES,
  MOST_CHANGES_MS,
  MOST_DECISION_US,
  MOST_DELETION_MS,
  MOST_MS,
  MOST_OF_STOCK,
  MOST_OF_XARGS,
  MOST_PLAN_BYTES,
  MOST_PLAN_MS,
  MOST_PROOF_MS,
  MOST_PROXY_US,
} from "../../../dev/bench/budgets";

interface Figures {
  readonly ratioOfMedians: number;
  readonly medianOfRatios: number;
  readonly wholeMs: number;
  readonly peakBytes: number;
  /** Of one project, in each growing step, at the larger size. */
  readonly perProjectMs: number;
  readonly proofMs: number;
  readonly decisionsPerSecond: number;
  readonly proxyMs: number;
  readonly deletionMs: number;
  readonly planMs: number;
  readonly changesMs: number;
  readonly planBytes: number;
  readonly changesBytes: number;
  readonly reviewRatio: number;
  readonly reviewTurns: number;
  readonly silentGrants: readonly string[];
  readonly alarmed: number;
}

const AT_THE_LIMIT: Figures = {
  ratioOfMedians: MOST_OF_STOCK,
  medianOfRatios: MOST_OF_STOCK,
  wholeMs: MOST_MS,
  peakBytes: MOST_BYTES,
  perProjectMs: 1,
  proofMs: MOST_PROOF_MS,
  decisionsPerSecond: 1_000_000 / MOST_DECISION_US,
  proxyMs: MOST_PROXY_US / 1_000,
  deletionMs: MOST_DELETION_MS,
  planMs: MOST_PLAN_MS,
  changesMs: MOST_CHANGES_MS,
  planBytes: MOST_PLAN_BYTES,
  changesBytes: MOST_PLAN_BYTES,
  reviewRatio: MOST_OF_XARGS,
  reviewTurns: MOST_OF_XARGS,
  silentGrants: [],
  alarmed: 0,
};

function size(projects: number, perProjectMs: number, wholeMs: number, peakBytes: number) {
  const mark = (ms: number) => ({ ms, peakBytes });
  const each = mark(projects * perProjectMs);
  const steps = { start: mark(300), load: mark(500), read: each, build: each, write: each };
  return { size: projects, steps, wholeMs, peakBytes };
}

function verdicts(changed: Partial<Figures>): Readonly<Record<string, string>> {
  const figures = { ...AT_THE_LIMIT, ...changed };
  const sizes = [
    size(100, 1, 1_000, 100 * 1024 * 1024),
    size(BUDGET_SIZE, figures.perProjectMs, figures.wholeMs, figures.peakBytes),
  ];
  return Object.fromEntries(
    checkBudgets(
      figures,
      sizes,
      { ms: figures.proofMs },
      { perSecond: figures.decisionsPerSecond },
      { addedMs: figures.proxyMs, deletionMs: figures.deletionMs },
      {
        few: { ms: figures.planMs, peakBytes: figures.planBytes },
        many: { ms: figures.changesMs, peakBytes: figures.changesBytes },
      },
      { ratioOfMedians: figures.reviewRatio, medianOfRatios: figures.reviewTurns },
      { silent: figures.silentGrants, alarmed: figures.alarmed },
    ).map(({ name, verdict }) => [name, verdict]),
  );
}

const ALL_KEPT = {
  "synth of the example": "kept",
  "proof of 1000 roles": "kept",
  "one trust decision": "kept",
  "what the proxy adds to a call": "kept",
  "DeleteObjects of 1000 keys": "kept",
  "silent among 300 plans, a third of which grant access": "kept",
  "alarms about plans that grant nothing": "kept",
  "plan of 10000 resources, 99 of which change": "kept",
  "plan of 10000 resources, 3000 of which change": "kept",
  "peak memory for 10000 resources": "kept",
  "review of new stacks": "kept",
  "time for 1000 projects": "kept",
  "peak memory for 1000 projects": "kept",
  "growth of time": "kept",
  "growth of memory": "kept",
};

describe("checkBudgets", () => {
  test("what reaches every limit exactly is kept", () => {
    expect(verdicts({})).toEqual(ALL_KEPT);
  });

  test.each<[string, Partial<Figures>]>([
    ["synth of the example", { ratioOfMedians: MOST_OF_STOCK + 0.001 }],
    ["synth of the example", { medianOfRatios: MOST_OF_STOCK + 0.001 }],
    ["proof of 1000 roles", { proofMs: MOST_PROOF_MS + 1 }],
    ["one trust decision", { decisionsPerSecond: 1_000_000 / MOST_DECISION_US - 1 }],
    ["what the proxy adds to a call", { proxyMs: MOST_PROXY_US / 1_000 + 0.001 }],
    ["DeleteObjects of 1000 keys", { deletionMs: MOST_DELETION_MS + 1 }],
    ["silent among 300 plans, a third of which grant access", { silentGrants: ["a policy of a user"] }],
    ["alarms about plans that grant nothing", { alarmed: 1 }],
    ["plan of 10000 resources, 99 of which change", { planMs: MOST_PLAN_MS + 1 }],
    ["plan of 10000 resources, 3000 of which change", { changesMs: MOST_CHANGES_MS + 1 }],
    ["peak memory for 10000 resources", { planBytes: MOST_PLAN_BYTES + 1 }],
    ["peak memory for 10000 resources", { changesBytes: MOST_PLAN_BYTES + 1 }],
    ["review of new stacks", { reviewRatio: MOST_OF_XARGS + 0.001 }],
    ["review of new stacks", { reviewTurns: MOST_OF_XARGS + 0.001 }],
    ["time for 1000 projects", { wholeMs: MOST_MS + 1 }],
    ["peak memory for 1000 projects", { peakBytes: MOST_BYTES + 1 }],
    ["growth of time", { perProjectMs: 1.5 }],
  ])("%s: beyond its limit, and nothing else, with %j", (name, changed) => {
    expect(verdicts(changed)).toEqual({ ...ALL_KEPT, [name]: "exceeded" });
  });

  test("what the sizes do not tell is not kept", () => {
    const found = checkBudgets(
      AT_THE_LIMIT,
      [size(10, 1, 1, 1)],
      { ms: 1 },
      { perSecond: 1_000_000 },
      { addedMs: 1, deletionMs: 1 },
      { few: { ms: 1, peakBytes: 1 }, many: { ms: 1, peakBytes: 1 } },
      undefined,
      { silent: [], alarmed: 0 },
    );
    expect(found.map(({ verdict }) => verdict)).toEqual([
      ...Array(10).fill("kept"),
      ...Array(5).fill("not measured"),
    ]);
  });
});
