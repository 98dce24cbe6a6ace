import { groupBy } from "../../lib/collections/group-by";

test("items stay in their order, keys come in the order of their first items, and no item is lost", () => {
  const groups = groupBy(["b1", "a1", "b2", "c1", "a2"], ([first]) => first);
  expect([...groups]).toEqual([
    ["b", ["b1", "b2"]],
    ["a", ["a1", "a2"]],
    ["c", ["c1"]],
  ]);
});

test("keys are compared like those of a Map: undefined and NaN are keys", () => {
  expect([...groupBy([1, 2, 3], (one) => (one === 2 ? undefined : Number.NaN))]).toEqual([
    [Number.NaN, [1, 3]],
    [undefined, [2]],
  ]);
});

test("no items give no groups", () => {
  expect(groupBy([], String).size).toBe(0);
});
