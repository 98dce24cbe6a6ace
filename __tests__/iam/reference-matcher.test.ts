import { matches } from "./reference-matcher";

/**
 * The tests' own matcher has to be right before it may judge: IAM User Guide, "String condition
 * operators".
 */
describe("the reference matcher", () => {
  test.each([
    ["StringEquals", "main", "main", true],
    ["StringEquals", "main", "Main", false],
    ["StringEquals", "ma*", "main", false],
    ["StringEquals", "ma*", "ma*", true],
    ["StringEquals", "ma${*}", "ma*", true],
    ["StringLike", "ma*", "main", true],
    ["StringLike", "ma*", "ma", true],
    ["StringLike", "ma*", "a/main", false],
    ["StringLike", "*main", "x/main", true],
    ["StringLike", "*a*n", "main", true],
    ["StringLike", "a?c", "a/c", true],
    ["StringLike", "a?c", "ac", false],
    ["StringLike", "a?c", "abbc", false],
    ["StringLike", "a?c", "a🚀c", true],
    ["StringLike", "a${?}c", "a?c", true],
    ["StringLike", "a${?}c", "abc", false],
    ["StringLike", "a${*}", "abc", false],
    ["StringLike", "${$}{aws:username}", "${aws:username}", true],
    ["StringLike", "$${*}", "$*", true],
    ["StringLike", "", "", true],
    ["StringLike", "", "a", false],
  ])("%s %j on %j: %s", (operator, value, text, expected) => {
    expect(matches(operator, value, text)).toBe(expected);
  });

  test("rejects policy variables and unknown operators", () => {
    expect(() => matches("StringLike", "${aws:username}", "alice")).toThrow("policy variable");
    expect(() => matches("StringLikeIfExists", "a", "a")).toThrow("unknown operator");
  });
});
