import { countSteps } from "../../fixtures/count-steps";
import { accepted, fileOf, fileWithRole, ids, located, problemsOf, refusals } from "../sample";

// The large texts need more than jest's five seconds on a busy machine.
const valid = fileOf();

describe("a text that is not YAML", () => {
  test("every syntax error is reported at its place, and nothing else", () => {
    expect(located("organization: {\nid: 'x\n")).not.toEqual([]);
    for (const problem of problemsOf("organization: {\nid: 'x\n")) expect(problem.code).toBe("yaml-syntax");
    expect(located("a: b: c\n")).toEqual(["1:4 yaml-syntax b: c"]);
    expect(located("\ta: 1\n")).toContain("1:1 yaml-syntax \ta: 1");
  });

  test("an empty file, a list and a string are not an access file", () => {
    expect(located("")).toEqual(["1:1 missing-value nothing"]);
    expect(located("# nothing\n")).toEqual(["1:1 missing-value nothing"]);
    expect(problemsOf("")[0]?.fix).toContain("npm run -s oidc -- init");
    expect(refusals("- a\n")).toEqual(["wrong-type a list"]);
    expect(refusals("hello\n")).toEqual(["wrong-value hello"]);
  });

  test("a second document, another YAML version and an unknown directive", () => {
    expect(refusals(`${valid}---\na: 1\n`)).toEqual(["yaml-several-documents ---"]);
    expect(refusals(`%YAML 1.1\n---\n${valid}`)).toEqual(["yaml-version 1.1"]);
    expect(refusals(`%FOO bar\n---\n${valid}`)).toEqual(["yaml-syntax %FOO bar"]);
    expect(accepted(`%YAML 1.2\n---\n${valid}`)).toEqual(accepted(valid));
  });

  test("a byte order mark and Windows line ends change nothing", () => {
    expect(accepted(`\uFEFF${valid}`)).toEqual(accepted(valid));
    expect(accepted(valid.replaceAll("\n", "\r\n"))).toEqual(accepted(valid));
    expect(located(`\uFEFFx: 1\n${valid}`)).toEqual(["1:1 unknown-key x"]);
    expect(located(fileOf({ projects: "1" }).replaceAll("\n", "\r\n"))).toEqual(["5:11 wrong-type 1"]);
  });
});

describe("valid YAML that is rejected", () => {
  test("aliases and anchors", () => {
    expect(located(fileOf({ people: `{ alice: &a ${ids.alice}, bob: *a }` }))).toEqual([
      "3:21 yaml-anchor &a",
      "3:64 yaml-alias *a",
    ]);
  });

  test("merge keys", () => {
    expect(refusals(fileWithRole("{ <<: { branches: [main] }, people: [alice], branches: [main] }"))).toEqual(
      ["yaml-merge-key <<"],
    );
  });

  test("tags, except those of plain types", () => {
    expect(refusals(fileOf({ people: `{ alice: !secret ${ids.alice} }` }))).toEqual(["yaml-tag !secret"]);
    expect(refusals(fileOf({ people: `{ alice: !!binary aGVsbG8= }` }))).toEqual([
      "yaml-tag tag:yaml.org,2002:binary",
    ]);
    expect(refusals(fileOf({ people: `!!set { alice }` }))).toEqual(["yaml-tag tag:yaml.org,2002:set"]);
    expect(accepted(fileOf({ people: `{ alice: !!str ${ids.alice} }` })).people).toEqual([
      { name: "alice", id: ids.alice },
    ]);
  });

  test("duplicate keys at every level; the first value is still checked", () => {
    expect(located(`${valid}people: { carol: x }\n`)).toEqual(["6:1 duplicate-key people"]);
    expect(refusals(fileOf({ people: `{ alice: x, alice: ${ids.alice} }` }))).toEqual([
      "malformed-uuid x",
      "duplicate-key alice",
    ]);
  });

  test("keys that are not strings", () => {
    expect(located(fileOf({ people: `{ 1: ${ids.alice}, bob: ${ids.bob} }` }))).toEqual([
      "3:11 key-not-text 1",
    ]);
    expect(refusals(fileOf({ people: `{ true: ${ids.alice}, bob: ${ids.bob} }` }))).toEqual([
      "key-not-text true",
    ]);
    expect(refusals(fileOf({ people: `{ [a]: ${ids.alice}, bob: ${ids.bob} }` }))).toEqual([
      "key-not-text a key that is not text",
    ]);
    expect(accepted(fileOf({ people: `{ "1": ${ids.alice} }` })).people).toEqual([
      { name: "1", id: ids.alice },
    ]);
  });

  test("names with a meaning in JavaScript are harmless", () => {
    const before = Object.keys(Object.prototype);
    expect(refusals(fileOf({ people: `{ __proto__: { polluted: yes }, bob: ${ids.bob} }` }))).toEqual([
      "bad-name __proto__",
    ]);
    expect(
      accepted(fileOf({ people: `{ constructor: ${ids.alice}, toString: ${ids.bob} }` })).people,
    ).toEqual([
      { name: "constructor", id: ids.alice },
      { name: "toString", id: ids.bob },
    ]);
    expect(refusals(fileWithRole("{ people: [constructor, hasOwnProperty], branches: [main] }"))).toEqual([
      "unknown-person constructor",
      "unknown-person hasOwnProperty",
    ]);
    expect(refusals(fileWithRole("{ people: [alice], branches: [main], constructor: 1 }"))).toEqual([
      "unknown-key constructor",
    ]);
    expect(Object.keys(Object.prototype)).toEqual(before);
  });
});

const MOST_STEPS_PER_CHARACTER = 600;

describe("hostile input", () => {
  /**
   * In steps of ours and of the YAML library that grow with the text and no faster, however it is
   * made.
   */
  const quickly = (text: string): readonly string[] => {
    let codes: readonly string[] = [];
    const steps = countSteps(
      () => (codes = problemsOf(text).map(({ code }) => code)),
      ["lib", "node_modules/yaml"],
    );
    expect(steps).toBeLessThan(MOST_STEPS_PER_CHARACTER * text.length);
    return codes;
  };

  test.each(["[", "{a: ", "- ", "? ", "{ ? ", "- ? "])("deep nesting of %j", (piece) => {
    expect(quickly(piece.repeat(10_000))).toEqual(["yaml-too-deep"]);
  });

  test("nesting by indentation", () => {
    const lines = Array.from({ length: 1_000 }, (_, depth) => `${" ".repeat(depth)}a:`);
    expect(quickly(lines.join("\n"))).toEqual(["yaml-too-deep"]);
  });

  test("an alias bomb is not expanded", () => {
    const lines = Array.from(
      { length: 60 },
      (_, i) =>
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(", ")}]`,
    );
    expect(quickly(`a: &a-1 x\n${lines.join("\n")}\n`)).toContain("yaml-alias");
  });

  test("a megabyte of text, 20,000 comments, thousands of wrong keys and names", () => {
    expect(quickly("a".repeat(1_000_000))).toEqual(["wrong-value"]);
    expect(quickly(`${"# [{ & * ! |\n".repeat(20_000)}${valid}`)).toEqual([]);
    const keys = Array.from({ length: 4_000 }, (_, i) => `key${i}: 1`).join("\n");
    expect(quickly(keys).filter((code) => code === "unknown-key")).toHaveLength(4_000);
    const unknown = Array.from({ length: 4_000 }, (_, i) => `name${i}`).join(", ");
    const codes = quickly(fileWithRole(`{ people: [${unknown}], branches: [main] }`));
    expect(codes.filter((code) => code === "unknown-person")).toHaveLength(4_000);
  });
});
