import fc from "fast-check";
import { readShard, shareOut } from "../../../lib/deliver/shards/shard";
import { codeOf } from "../../fixtures/project-error";

describe("the shard index", () => {
  const nodes = (index?: string, total?: string) => ({
    ...(index === undefined ? {} : { CIRCLE_NODE_INDEX: index }),
    ...(total === undefined ? {} : { CIRCLE_NODE_TOTAL: total }),
  });

  test("comes from the option, or from CircleCI's variables, which count from 0", () => {
    expect(readShard("2/8", nodes("5", "6"))).toEqual({ index: 2, total: 8 });
    expect(readShard(true, nodes("0", "8"))).toEqual({ index: 1, total: 8 });
    expect(readShard(true, nodes("7", "8"))).toEqual({ index: 8, total: 8 });
    expect(readShard(true, nodes("0", "1"))).toEqual({ index: 1, total: 1 });
  });

  test.each(["0/8", "9/8", "1/0", "1", "/8", "01/8", "1/8 ", "-1/8", "1.5/8", "1/10000", "a/b"])(
    "%j is invalid",
    (text) => expect(codeOf(() => readShard(text, nodes("0", "8")))).toBe("wrong-call 2"),
  );
  test.each([
    [undefined, undefined],
    ["0", undefined],
    [undefined, "8"],
    ["8", "8"],
    ["-1", "8"],
    ["", "8"],
    ["0", "0"],
    ["x", "8"],
  ])("node %s of %s is invalid", (index, total) =>
    expect(codeOf(() => readShard(true, nodes(index, total)))).toBe("wrong-call 2"),
  );
});

describe("the stacks of each shard", () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { maxLength: 40 });
  const work = names.chain((all) =>
    fc.record({
      all: fc.constant(all),
      times: fc.dictionary(fc.constantFrom("gone", ...all), fc.double({ min: 0, max: 100, noNaN: true }), {
        noNullPrototype: true,
      }),
      total: fc.integer({ min: 1, max: 12 }),
    }),
  );

  test("every stack is in exactly one shard, in any order of names", () => {
    fc.assert(
      fc.property(work, ({ all, times, total }) => {
        const shares = shareOut(all, times, total);
        expect(shares).toHaveLength(total);
        expect(shares.flat().sort()).toEqual([...all].sort());
        expect(shareOut(all.toReversed(), times, total)).toEqual(shares);
      }),
    );
  });

  test("loads differ by at most the time of one stack", () => {
    fc.assert(
      fc.property(work, ({ all, total }) => {
        const times = Object.fromEntries(all.map((name, at) => [name, (at * 7) % 10]));
        const loads = shareOut(all, times, total).map((share) =>
          share.reduce((sum, name) => sum + (times[name] ?? 0), 0),
        );
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(
          Math.max(0, ...Object.values(times)),
        );
      }),
    );
  });

  test("a long stack gets its own shard; a new one counts as the median", () => {
    const times = { long: 60, a: 10, b: 10, c: 10 };
    expect(shareOut(["a", "b", "c", "long", "new"], times, 2)).toEqual([["long"], ["a", "b", "c", "new"]]);
    expect(shareOut(["a", "new", "old"], { a: 1, old: 3 }, 2)).toEqual([["a", "new"], ["old"]]);
    expect(shareOut(["a", "b", "c"], {}, 2)).toEqual([["a", "c"], ["b"]]);
    expect(shareOut(["a", "b"], { a: 0, b: 0 }, 2)).toEqual([["a"], ["b"]]);
    expect(shareOut(["a"], {}, 3)).toEqual([["a"], [], []]);
  });
});
