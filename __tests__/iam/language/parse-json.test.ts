import fc from "fast-check";
import { ProjectError } from "../../../lib/errors";
import { MOST_JSON_DEPTH, parseJson } from "../../../lib/iam/language/parse-json";
import { growthOfSteps } from "../../fixtures/count-steps";
import { errorOf } from "../../fixtures/project-error";
import { cases } from "../automata/cases";

function refusalOf(text: string, options = {}): ProjectError {
  return errorOf(() => parseJson(text, options));
}

function parsed(text: string): unknown {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return "refused";
  }
}

function ours(text: string): unknown {
  try {
    return { value: parseJson(text) };
  } catch (error) {
    if (error instanceof ProjectError && error.code === "json-not-read") return "refused";
    throw error;
  }
}

describe("agrees with JSON.parse on valid and invalid JSON", () => {
  test("any value, compact or indented", () => {
    fc.assert(
      fc.property(fc.json(), fc.integer({ min: 0, max: 3 }), (text, indent) => {
        const spaced = JSON.stringify(JSON.parse(text), null, indent);
        expect(ours(spaced)).toEqual(parsed(spaced));
      }),
    );
  });

  test("texts that are almost JSON", () => {
    const piece = fc.constantFrom(
      ...'{}[]:,"\\-+.eE01 \t\ntrufalsn\u0000é',
      '"a"',
      '"\\u00e9"',
      '"\\ud800"',
      "null",
      "true",
      "1.5e3",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join("");
        expect(ours(text)).toEqual(parsed(text));
      }),
      cases(300, 30_000),
    );
  });

  test.each([
    '{"a":1,}',
    "[1,]",
    "01",
    "+1",
    ".5",
    "1.",
    "'a'",
    '"\u0001"',
    '"\\x"',
    "nul",
    "",
    " ",
    "{} {}",
    "{a:1}",
  ])("%j is rejected", (text) => {
    expect(parsed(text)).toBe("refused");
    expect(refusalOf(text).exitCode).toBe(2);
  });
});

describe("documents that JSON.parse accepts and this parser must not", () => {
  test("a duplicate key in one object, at any depth, with its place", () => {
    const error = refusalOf('{\n  "a": [{ "b": 1,\n    "b": 2 }]\n}');
    expect(error.message).toBe('3:5: found a duplicate key "b" (at a[0].b)');
  });

  test("the same key in two objects is accepted", () => {
    expect(parseJson('{"a":{"b":1},"c":{"b":2}}')).toEqual({ a: { b: 1 }, c: { b: 2 } });
  });

  test("a duplicate key, once written with an escape", () => {
    expect(refusalOf('{"Effect":"Deny","\\u0045ffect":"Allow"}').message).toContain("duplicate key");
  });

  test("__proto__ is a key like any other, also when searching for duplicates", () => {
    const value = parseJson('{"__proto__":{"a":1}}');
    expect(Object.entries(value ?? {})).toEqual([["__proto__", { a: 1 }]]);
    expect(refusalOf('{"__proto__":1,"__proto__":2}').message).toContain("duplicate key");
  });

  test("a byte order mark is rejected by name", () => {
    expect(refusalOf("\uFEFF{}").message).toContain("byte order mark");
  });
});

test("200 levels are read, 201 are rejected, and 100,000 do not crash the process", () => {
  const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
  expect(() => parseJson(nested(MOST_JSON_DEPTH + 1))).not.toThrow();
  expect(refusalOf(nested(MOST_JSON_DEPTH + 2)).message).toContain("levels");
  expect(refusalOf("[".repeat(100_000)).message).toContain("levels");
});

test("numbers with several readings are rejected where that matters", () => {
  expect(parseJson("[1.0,1e2,12345678901234567890]")).toEqual([1, 100, 12345678901234567000]);
  for (const text of ["1.0", "1e2", "12345678901234567890", "-0"]) {
    expect(refusalOf(text, { exactNumbers: true }).fix).toBeDefined();
  }
  expect(parseJson("[10,-2.5,0]", { exactNumbers: true })).toEqual([10, -2.5, 0]);
});

test("ten megabytes are read: the steps grow with the length", () => {
  const text = JSON.stringify(
    Array.from({ length: 200_000 }, (_, index) => ({ id: index, name: "a".repeat(20) })),
  );
  expect(parseJson(text)).toHaveLength(200_000);
  const texts = [2_000, 4_000].map(
    (size) => [size, JSON.stringify(JSON.parse(text).slice(0, size))] as const,
  );
  const read = (size: number) => parseJson(new Map(texts).get(size) ?? "");
  expect(growthOfSteps(2_000, read)).toBeLessThan(2.5);
});
