import {
  BUDGET_SIZE,
  checkBudgets,
  type Figures,
  MAX_AT_ONCE,
  MAX_BARE_MEMORY,
  MAX_BARE_RATIO,
  MAX_CHANGES_RATIO,
  MAX_DECISION_RATIO,
  MAX_DELETION_MS,
  MAX_NPM_RUN,
  MAX_PLAN_BYTES,
  MAX_PLAN_RATIO,
  MAX_PROOFS,
  MAX_PROXY_RATIO,
  MAX_STOCK_RATIO,
  MAX_TRAIL_BYTES,
  MAX_TRAIL_RATIO,
  MAX_XARGS_RATIO,
} from "../../../dev/bench/budgets";

const WHOLE_MS = 1_000;

function size(projects: number, perProjectMs = 1) {
  const mark = (ms: number) => ({ ms, peakBytes: 100 * 1024 * 1024 });
  const each = mark(projects * perProjectMs);
  const steps = { start: mark(300), load: mark(500), read: each, build: each, write: each };
  return { size: projects, steps, wholeMs: WHOLE_MS, peakBytes: 100 * 1024 * 1024 };
}

const review = { ratioOfMedians: MAX_XARGS_RATIO, medianOfRatios: MAX_XARGS_RATIO };
const bare = { cpuRatio: MAX_BARE_RATIO, memoryRatio: MAX_BARE_MEMORY, oursMs: WHOLE_MS };
const plans = {
  few: { ratio: MAX_PLAN_RATIO, peakBytes: MAX_PLAN_BYTES },
  many: { ratio: MAX_CHANGES_RATIO, peakBytes: MAX_PLAN_BYTES },
};
const AT_THE_LIMIT: Figures = {
  stock: { ratioOfMedians: MAX_STOCK_RATIO, medianOfRatios: MAX_STOCK_RATIO },
  atOnce: { nodeMs: 50, ...MAX_AT_ONCE, npmRun: MAX_NPM_RUN },
  sizes: [size(100), size(BUDGET_SIZE)],
  proofs: { ms: MAX_PROOFS * WHOLE_MS },
  decisions: { ratio: MAX_DECISION_RATIO },
  proxy: { ratio: MAX_PROXY_RATIO, deletionMs: MAX_DELETION_MS },
  plans,
  silent: { silent: [], alarmed: 0 },
  trail: { ratio: MAX_TRAIL_RATIO, peakBytes: MAX_TRAIL_BYTES },
  review,
  bare,
};
const { stock, atOnce, proxy, silent, trail } = AT_THE_LIMIT;

/** Names of the promises that are not kept, with the verdict. */
function notKept(changed: Partial<Figures>): readonly (readonly [string, string])[] {
  return checkBudgets({ ...AT_THE_LIMIT, ...changed }).flatMap(({ name, verdict }) =>
    verdict === "kept" ? [] : [[name, verdict] as const],
  );
}

describe("checkBudgets", () => {
  test("a value equal to its limit keeps the promise", () => {
    expect(notKept({})).toEqual([]);
    expect(checkBudgets(AT_THE_LIMIT)).toHaveLength(22);
  });

  const more = 0.001;
  test.each<[string, Partial<Figures>]>([
    [
      "synth of the talk's example, compared with the stock template",
      { stock: { ...stock, ratioOfMedians: MAX_STOCK_RATIO + more } },
    ],
    [
      "synth of the talk's example, compared with the stock template",
      { stock: { ...stock, medianOfRatios: MAX_STOCK_RATIO + more } },
    ],
    [
      "oidc --help, completion, an unknown option",
      { atOnce: { ...atOnce, words: MAX_AT_ONCE.words + more } },
    ],
    [
      "oidc explain, pipeline, an error in access.yaml",
      { atOnce: { ...atOnce, file: MAX_AT_ONCE.file + more } },
    ],
    ["oidc audit of one policy", { atOnce: { ...atOnce, audit: MAX_AT_ONCE.audit + more } }],
    ["oidc review of a small plan", { atOnce: { ...atOnce, review: MAX_AT_ONCE.review + more } }],
    ["npm run oidc in a clone, beyond oidc", { atOnce: { ...atOnce, npmRun: MAX_NPM_RUN + more } }],
    ["decision on one token by a trust policy", { decisions: { ratio: MAX_DECISION_RATIO + more } }],
    ["a small read through the sandbox proxy", { proxy: { ...proxy, ratio: MAX_PROXY_RATIO + more } }],
    ["DeleteObjects of 1,000 keys in the sandbox", { proxy: { ...proxy, deletionMs: MAX_DELETION_MS + 1 } }],
    [
      "plans that grant access without a finding, of 300",
      { silent: { ...silent, silent: ["a policy of a user"] } },
    ],
    ["plans that grant nothing with a finding, of 300", { silent: { ...silent, alarmed: 1 } }],
    [
      "review of a plan with 10,000 resources, 99 change",
      { plans: { ...plans, few: { ...plans.few, ratio: MAX_PLAN_RATIO + more } } },
    ],
    [
      "review of a plan with 10,000 resources, 3,000 change",
      { plans: { ...plans, many: { ...plans.many, ratio: MAX_CHANGES_RATIO + more } } },
    ],
    [
      "peak memory of a review of 10,000 resources",
      { plans: { ...plans, few: { ...plans.few, peakBytes: MAX_PLAN_BYTES + 1 } } },
    ],
    [
      "peak memory of a review of 10,000 resources",
      { plans: { ...plans, many: { ...plans.many, peakBytes: MAX_PLAN_BYTES + 1 } } },
    ],
    [
      "usage of 5 MB of trail logs, compared with gzip -dc",
      { trail: { ...trail, ratio: MAX_TRAIL_RATIO + more } },
    ],
    ["peak memory of usage of 5 MB of trail logs", { trail: { ...trail, peakBytes: MAX_TRAIL_BYTES + 1 } }],
    [
      "review of new stacks, compared with xargs",
      { review: { ...review, ratioOfMedians: MAX_XARGS_RATIO + more } },
    ],
    [
      "synth of 1,000 projects, compared with literals",
      { bare: { ...bare, cpuRatio: MAX_BARE_RATIO + more } },
    ],
    [
      "peak memory of a synth of 1,000 projects, compared with literals",
      { bare: { ...bare, memoryRatio: MAX_BARE_MEMORY + more } },
    ],
    ["proofs of a synth of 1,000 projects, of its time", { proofs: { ms: MAX_PROOFS * WHOLE_MS + 1 } }],
    ["growth of the time for one more project", { sizes: [size(100), size(BUDGET_SIZE, 1.5)] }],
  ])("%s: only this promise is exceeded", (name, changed) => {
    expect(notKept(changed)).toEqual([[name, "exceeded"]]);
  });

  test("promises without a measurement are not kept", () => {
    const found = notKept({ sizes: [size(10)], plans: undefined, review: undefined, bare: undefined });
    expect(found.map(([, verdict]) => verdict)).toEqual(Array(9).fill("not measured"));
  });
});
