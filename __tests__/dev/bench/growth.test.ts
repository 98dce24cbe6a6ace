import { growthOf, NOISE_FACTOR } from "../../../dev/bench/growth";

const SIZES = [10, 100, 1_000];

/** The points of a law. */
function points(law: (size: number) => number) {
  return SIZES.map((size) => ({ size, cost: law(size) }));
}

describe("growthOf", () => {
  test.each<[string, (size: number) => number]>([
    ["n", (size) => size],
    ["n with a price that is paid once", (size) => 500 + 2 * size],
    ["the square root of n", (size) => Math.sqrt(size)],
    ["nothing at all", () => 0],
  ])("%s is linear or better", (_, law) => {
    const growth = growthOf(points(law));
    expect(growth?.linear).toBe(true);
    expect(growth?.factor).toBeLessThanOrEqual(1);
  });

  test.each<[string, (size: number) => number]>([
    ["n log n", (size) => size * Math.log(size)],
    ["n log n with a price that is paid once", (size) => 500 + size * Math.log(size)],
    ["n²", (size) => size * size],
    ["n with a small share of n²", (size) => size + 0.001 * size * size],
  ])("%s is worse", (_, law) => {
    expect(growthOf(points(law))?.linear).toBe(false);
  });

  test("a bend between the largest sizes shows, however dear the smallest was", () => {
    const bent = [
      { size: 10, cost: 1_000 },
      { size: 100, cost: 1_090 },
      { size: 1_000, cost: 1_090 + 900 * 2 },
    ];
    expect(growthOf(bent)).toEqual({ perProject: [100, 1, 2], factor: 2, linear: false });
  });

  test("noise up to the factor is let through, and no more", () => {
    const last = (factor: number) => [
      { size: 10, cost: 10 },
      { size: 20, cost: 20 },
      { size: 1_020, cost: 20 + 1_000 * factor },
    ];
    expect(growthOf(last(NOISE_FACTOR))?.linear).toBe(true);
    expect(growthOf(last(NOISE_FACTOR + 0.01))?.linear).toBe(false);
  });

  test("creeps are measured against the cheapest size, not against the one before", () => {
    const creeping = [
      { size: 1, cost: 1 },
      { size: 2, cost: 2.3 },
      { size: 3, cost: 3.9 },
    ];
    expect(growthOf(creeping)?.factor).toBeCloseTo(1.6);
    expect(growthOf(creeping)?.linear).toBe(false);
  });

  test("what cost nothing before and something later is growth", () => {
    const free = [
      { size: 10, cost: 10 },
      { size: 100, cost: 9 },
      { size: 1_000, cost: 10 },
    ];
    expect(growthOf(free)?.linear).toBe(false);
  });

  test("one size, or none, gives no verdict", () => {
    expect(growthOf([])).toBeUndefined();
    expect(growthOf([{ size: 10, cost: 1 }])).toBeUndefined();
  });

  test("sizes out of order are an error", () => {
    const two = [
      { size: 10, cost: 1 },
      { size: 10, cost: 1 },
    ];
    expect(() => growthOf(two)).toThrow(RangeError);
  });
});
