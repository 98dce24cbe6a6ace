import fc from "fast-check";
import { wrapWords } from "../../lib/terminal/wrap";

test("breaks at spaces, and keeps a longer word whole on a line of its own", () => {
  expect(wrapWords("the role arn:aws:iam::123456789012:role/deploy is missing", 20)).toEqual([
    "the role",
    "arn:aws:iam::123456789012:role/deploy",
    "is missing",
  ]);
});

test("neither loses nor adds a word, and only a single word is longer than a line", () => {
  const words = fc.array(fc.stringMatching(/^[a-z:/-]{1,30}$/), { minLength: 1 });
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 40 }), (all, width) => {
      const lines = wrapWords(all.join(" "), width);
      expect(lines.join(" ")).toBe(all.join(" "));
      for (const line of lines) expect(line.length <= width || !line.includes(" ")).toBe(true);
    }),
  );
});
