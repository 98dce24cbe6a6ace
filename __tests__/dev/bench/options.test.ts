import {
  parseReviewProjects,
  parseRuns,
  parseSizes,
  parseTrail,
  requireCheckable,
} from "../../../dev/bench/options";

describe("parseSizes", () => {
  test("sorts sizes and removes duplicates", () => {
    expect(parseSizes("1000, 10,100,10")).toEqual([10, 100, 1_000]);
    expect(parseSizes("9999")).toEqual([9_999]);
  });

  test.each(["", "0", "-1", "10,", "1.5", "1e3", "10000", "ten", "0x10"])("%j is an error", (text) => {
    const found = text === "10," ? "" : text;
    expect(() => parseSizes(text)).toThrow(
      expect.objectContaining({ code: "bench-sizes", found, exitCode: 2 }),
    );
  });
});

describe("parseRuns", () => {
  test("accepts integers from 1", () => {
    expect([parseRuns("1"), parseRuns("1000")]).toEqual([1, 1_000]);
  });

  test.each(["0", "1001", "many"])("%j is an error", (found) => {
    expect(() => parseRuns(found)).toThrow(
      expect.objectContaining({ code: "bench-runs", found, exitCode: 2 }),
    );
  });
});

describe("parseReviewProjects", () => {
  test("accepts integers, and 0 to skip the review", () => {
    expect([parseReviewProjects("0"), parseReviewProjects("100")]).toEqual([0, 100]);
  });

  test.each(["101", "-1", "", "many"])("%j is an error", (found) => {
    expect(() => parseReviewProjects(found)).toThrow(
      expect.objectContaining({ code: "bench-review", found, exitCode: 2 }),
    );
  });
});

test("parseTrail takes megabytes, at most 4,000", () => {
  expect([parseTrail("1"), parseTrail("4000")]).toEqual([1_000_000, 4_000_000_000]);
  expect(() => parseTrail("4001")).toThrow(
    expect.objectContaining({ code: "bench-trail", found: "4001", exitCode: 2 }),
  );
});

describe("requireCheckable", () => {
  test("accepts 1,000 and another size, with the review", () => {
    expect(() => requireCheckable([10, 1_000], 6)).not.toThrow();
    expect(() => requireCheckable([10, 1_000], 0)).toThrow(
      expect.objectContaining({ code: "bench-check-review", exitCode: 2 }),
    );
  });

  test.each([[[1_000]], [[10, 100]]])("%j do not measure every promise", (sizes) => {
    expect(() => requireCheckable(sizes, 6)).toThrow(
      expect.objectContaining({ code: "bench-check-sizes", found: sizes.join(","), exitCode: 2 }),
    );
  });
});
