import fc from "fast-check";
import { anyOne, anyRun } from "../../../lib/iam/automata/patterns";
import { TextSets } from "../../../lib/iam/automata/text-sets";
import { compileGlob, type GlobPart, matchesGlob } from "../../../lib/iam/evaluate/glob";
import { growthOfSteps } from "../../fixtures/count-steps";
import { cases } from "../automata/cases";

const part: fc.Arbitrary<GlobPart> = fc.oneof(
  fc.constantFrom<GlobPart>("any-one", "any-run"),
  fc.constantFrom("a", "b", "ab", "🚀", "/").map((literal) => ({ literal })),
);
const pattern = fc.array(part, { maxLength: 7 });
const text = fc.array(fc.constantFrom("a", "b", "🚀", "/"), { maxLength: 8 }).map((units) => units.join(""));

test("a pattern matches what the regular expression of the same parts matches", () => {
  fc.assert(
    fc.property(pattern, text, (parts, value) => {
      const source = parts
        .map((one) => (one === "any-one" ? "." : one === "any-run" ? ".*" : one.literal))
        .join("");
      expect(matchesGlob(compileGlob(parts), value)).toBe(new RegExp(`^${source}$`, "su").test(value));
    }),
    cases(1_500, 50_000),
  );
});

test("and what the prover's language of the pattern contains", () => {
  fc.assert(
    fc.property(pattern, text, (parts, value) => {
      const sets = new TextSets();
      const language = sets.matching([
        parts.map((one) => (one === "any-one" ? anyOne : one === "any-run" ? anyRun : one.literal)),
      ]);
      expect(matchesGlob(compileGlob(parts), value)).toBe(sets.has(language, value));
    }),
    cases(600, 20_000),
  );
});

test("the steps grow with pattern × text, also for a pattern that makes a backtracking matcher exponential", () => {
  const hopeless = (stars: number): Glob =>
    compileGlob([
      ...Array(stars)
        .fill(["any-run", { literal: "a" }])
        .flat(),
      { literal: "b" },
    ]);
  expect(matchesGlob(hopeless(2_000), "a".repeat(6_144))).toBe(false);
  const globs = new Map([200, 400].map((stars) => [stars, hopeless(stars)]));
  const match = (stars: number) => matchesGlob(globs.get(stars) ?? hopeless(stars), "a".repeat(3 * stars));
  // Both are twice as long.
  expect(growthOfSteps(200, match)).toBeLessThan(4.5);
});
type Glob = ReturnType<typeof compileGlob>;
