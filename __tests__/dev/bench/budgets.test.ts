import {
  BUDGET_SIZE,
  checkBudgets,
  MAX_BYTES,
  MAX_CHANGES_MS,
  MAX_DECISION_US,
  MAX_DELETION_MS,
  MAX_MS,
  MAX_PLAN_BYTES,
  MAX_PLAN_MS,
  MAX_PROOF_MS,
  MAX_PROXY_US,
  MAX_STOCK_RATIO,
  MAX_XARGS_RATIO,
} from "../../../dev/bench/budgets";

interface Figures {
  readonly ratioOfMedians: number;
  readonly medianOfRatios: number;
  readonly wholeMs: number;
  readonly peakBytes: number;
  /** Of one project in each growing step, at the larger size. */
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
  ratioOfMedians: MAX_STOCK_RATIO,
  medianOfRatios: MAX_STOCK_RATIO,
  wholeMs: MAX_MS,
  peakBytes: MAX_BYTES,
  perProjectMs: 1,
  proofMs: MAX_PROOF_MS,
  decisionsPerSecond: 1_000_000 / MAX_DECISION_US,
  proxyMs: MAX_PROXY_US / 1_000,
  deletionMs: MAX_DELETION_MS,
  planMs: MAX_PLAN_MS,
  changesMs: MAX_CHANGES_MS,
  planBytes: MAX_PLAN_BYTES,
  changesBytes: MAX_PLAN_BYTES,
  reviewRatio: MAX_XARGS_RATIO,
  reviewTurns: MAX_XARGS_RATIO,
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
  "synth of the talk's example, compared with the stock template": "kept",
  "proof of 1,000 roles": "kept",
  "decision on one token by a trust policy": "kept",
  "time that the sandbox proxy adds to a call": "kept",
  "DeleteObjects of 1,000 keys in the sandbox": "kept",
  "plans that grant access without a finding, of 300": "kept",
  "plans that grant nothing with a finding, of 300": "kept",
  "review of a plan with 10,000 resources, 99 change": "kept",
  "review of a plan with 10,000 resources, 3,000 change": "kept",
  "peak memory of a review of 10,000 resources": "kept",
  "review of new stacks, compared with xargs": "kept",
  "synth of 1,000 projects": "kept",
  "peak memory of a synth of 1,000 projects": "kept",
  "growth of the time for one more project": "kept",
  "growth of the memory for one more project": "kept",
};

describe("checkBudgets", () => {
  test("a value equal to its limit keeps the promise", () => {
    expect(verdicts({})).toEqual(ALL_KEPT);
  });

  test.each<[string, Partial<Figures>]>([
    [
      "synth of the talk's example, compared with the stock template",
      { ratioOfMedians: MAX_STOCK_RATIO + 0.001 },
    ],
    [
      "synth of the talk's example, compared with the stock template",
      { medianOfRatios: MAX_STOCK_RATIO + 0.001 },
    ],
    ["proof of 1,000 roles", { proofMs: MAX_PROOF_MS + 1 }],
    ["decision on one token by a trust policy", { decisionsPerSecond: 1_000_000 / MAX_DECISION_US - 1 }],
    ["time that the sandbox proxy adds to a call", { proxyMs: MAX_PROXY_US / 1_000 + 0.001 }],
    ["DeleteObjects of 1,000 keys in the sandbox", { deletionMs: MAX_DELETION_MS + 1 }],
    ["plans that grant access without a finding, of 300", { silentGrants: ["a policy of a user"] }],
    ["plans that grant nothing with a finding, of 300", { alarmed: 1 }],
    ["review of a plan with 10,000 resources, 99 change", { planMs: MAX_PLAN_MS + 1 }],
    ["review of a plan with 10,000 resources, 3,000 change", { changesMs: MAX_CHANGES_MS + 1 }],
    ["peak memory of a review of 10,000 resources", { planBytes: MAX_PLAN_BYTES + 1 }],
    ["peak memory of a review of 10,000 resources", { changesBytes: MAX_PLAN_BYTES + 1 }],
    ["review of new stacks, compared with xargs", { reviewRatio: MAX_XARGS_RATIO + 0.001 }],
    ["review of new stacks, compared with xargs", { reviewTurns: MAX_XARGS_RATIO + 0.001 }],
    ["synth of 1,000 projects", { wholeMs: MAX_MS + 1 }],
    ["peak memory of a synth of 1,000 projects", { peakBytes: MAX_BYTES + 1 }],
    ["growth of the time for one more project", { perProjectMs: 1.5 }],
  ])("%s: only this promise is exceeded with %j", (name, changed) => {
    expect(verdicts(changed)).toEqual({ ...ALL_KEPT, [name]: "exceeded" });
  });

  test("promises without a measurement are not kept", () => {
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
