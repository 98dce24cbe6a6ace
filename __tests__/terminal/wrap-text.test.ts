import fc from "fast-check";
import { wrapText } from "../../lib/terminal/wrap-text";

test("lines are broken at spaces, and every line but the first is indented", () => {
  expect(wrapText("the code comes from github.com/acme/website", 20)).toBe(
    "the code comes from\ngithub.com/acme/website",
  );
  expect(wrapText("  a b c", 5, "    ")).toBe("  a b\n    c");
});

const words = fc.array(fc.stringMatching(/^[a-z/*-]{1,12}$/), { minLength: 1 });

test("no word is broken, lost or moved, and no line with a space is too long", () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 30 }), (all, width) => {
      const wrapped = wrapText(all.join(" "), width);
      expect(wrapped.split(/[ \n]/)).toEqual(all);
      for (const line of wrapped.split("\n"))
        if (line.includes(" ")) expect(line.length).toBeLessThanOrEqual(width);
    }),
  );
});
