import fc from "fast-check";
import { compareTurns, median } from "../../../dev/bench/statistics";

describe("median", () => {
  test.each([
    [[7], 7],
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[1, 1, 1_000], 1],
    // Sorted as numbers: as text, 10 would precede 9.
    [[9, 10, 11], 10],
  ])("of %j is %d", (values, middle) => {
    expect(median(values)).toBe(middle);
  });

  test("of no values is an error", () => {
    expect(() => median([])).toThrow(RangeError);
  });

  test("does not change its input, and has half of the values on each side", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const before = [...values];
        const middle = median(values);
        expect(values).toEqual(before);
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });
});

describe("compareTurns", () => {
  test("a slow turn affects both sides, and not the median of the ratios", () => {
    const turns = [
      { oursMs: 1, theirsMs: 4 },
      { oursMs: 10, theirsMs: 40 },
      { oursMs: 1, theirsMs: 4 },
    ];
    expect(compareTurns(turns)).toEqual({
      oursMs: 1,
      theirsMs: 4,
      ratioOfMedians: 0.25,
      medianOfRatios: 0.25,
    });
  });

  test("the two ratios can differ, and both are returned", () => {
    const turns = [
      { oursMs: 1, theirsMs: 10 },
      { oursMs: 2, theirsMs: 4 },
      { oursMs: 3, theirsMs: 5 },
    ];
    expect(compareTurns(turns)).toMatchObject({ ratioOfMedians: 0.4, medianOfRatios: 0.5 });
  });

  test("no turns are an error", () => {
    expect(() => compareTurns([])).toThrow(RangeError);
  });
});
