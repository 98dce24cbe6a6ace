import fc from "fast-check";
import { editDistance, suggest } from "../../lib/collections/suggest";

test.each([
  ["alcie", "alice", 1],
  ["alce", "alice", 1],
  ["aalice", "alice", 1],
  ["alicf", "alice", 1],
  ["", "abc", 3],
  ["kitten", "sitting", 3],
])("from %j to %j: %d edits", (left, right, edits) => {
  expect(editDistance(left, right)).toBe(edits);
});

test("the distance is symmetric, 0 for equal words, and at most the length of the longer word", () => {
  const word = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(word, word, (left, right) => {
      const distance = editDistance(left, right);
      expect(editDistance(right, left)).toBe(distance);
      expect(distance === 0).toBe(left === right);
      expect(distance).toBeLessThanOrEqual(Math.max(left.length, right.length));
    }),
  );
});

test("the closest candidate, in any position and case; undefined if none is close", () => {
  expect(suggest("branch", ["tags", "branches"])).toBe("branches");
  expect(suggest("EFFECT", ["Effect"])).toBe("Effect");
  expect(suggest("bob", ["rob", "bob2", "bobs"])).toBe(suggest("bob", ["bobs", "bob2", "rob"]));
  expect(suggest("zzz", ["alice", "bob"])).toBeUndefined();
  expect(suggest("x", ["y"])).toBeUndefined();
  expect(suggest("a".repeat(1_000), ["a".repeat(999)])).toBeUndefined();
});
