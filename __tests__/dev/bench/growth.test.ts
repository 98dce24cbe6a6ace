import { growthOf, NOISE_FACTOR } from "../../../dev/bench/growth";

const SIZES = [10, 100, 1_000];

/** Costs of the sizes by a formula. */
function points(formula: (size: number) => number) {
  return SIZES.map((size) => ({ size, cost: formula(size) }));
}

describe("growthOf", () => {
  test.each<[string, (size: number) => number]>([
    ["n", (size) => size],
    ["n with a fixed cost", (size) => 500 + 2 * size],
    ["the square root of n", (size) => Math.sqrt(size)],
    ["zero", () => 0],
  ])("%s is linear or better", (_, formula) => {
    const growth = growthOf(points(formula));
    expect(growth?.linear).toBe(true);
    expect(growth?.factor).toBeLessThanOrEqual(1);
  });

  test.each<[string, (size: number) => number]>([
    ["n log n", (size) => size * Math.log(size)],
    ["n log n with a fixed cost", (size) => 500 + size * Math.log(size)],
    ["n²", (size) => size * size],
    ["n with a small share of n²", (size) => size + 0.001 * size * size],
  ])("%s is worse", (_, formula) => {
    expect(growthOf(points(formula))?.linear).toBe(false);
  });

  test("an increase at the largest size counts, whatever the cost of the smallest", () => {
    const increasing = [
      { size: 10, cost: 1_000 },
      { size: 100, cost: 1_090 },
      { size: 1_000, cost: 1_090 + 900 * 2 },
    ];
    expect(growthOf(increasing)).toEqual({ perProject: [100, 1, 2], factor: 2, linear: false });
  });

  test("noise up to the factor is accepted", () => {
    const last = (factor: number) => [
      { size: 10, cost: 10 },
      { size: 20, cost: 20 },
      { size: 1_020, cost: 20 + 1_000 * factor },
    ];
    expect(growthOf(last(NOISE_FACTOR))?.linear).toBe(true);
    expect(growthOf(last(NOISE_FACTOR + 0.01))?.linear).toBe(false);
  });

  test("gradual growth is compared with the cheapest size, not with the previous one", () => {
    const gradual = [
      { size: 1, cost: 1 },
      { size: 2, cost: 2.3 },
      { size: 3, cost: 3.9 },
    ];
    expect(growthOf(gradual)?.factor).toBeCloseTo(1.6);
    expect(growthOf(gradual)?.linear).toBe(false);
  });

  test("a cost after a size without cost is growth", () => {
    const free = [
      { size: 10, cost: 10 },
      { size: 100, cost: 9 },
      { size: 1_000, cost: 10 },
    ];
    expect(growthOf(free)?.linear).toBe(false);
  });

  test("one size or none has no result", () => {
    expect(growthOf([])).toBeUndefined();
    expect(growthOf([{ size: 10, cost: 1 }])).toBeUndefined();
  });

  test("sizes that do not ascend are an error", () => {
    const two = [
      { size: 10, cost: 1 },
      { size: 10, cost: 1 },
    ];
    expect(() => growthOf(two)).toThrow(RangeError);
  });
});
