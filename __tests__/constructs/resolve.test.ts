import { DefaultTokenResolver, Lazy, StringConcat, Token, Tokenization } from "cdktf";
import fc from "fast-check";
import { type JsonObject, mergeInto, TokenReader } from "../../constructs/resolve";
import { cases } from "../iam/automata/cases";
import { aStack } from "./declare";

const stack = aStack();

function resolveTokens(value: unknown): unknown {
  return new TokenReader(stack).resolve(value);
}

/** What cdktf itself makes of it. */
function cdktf(value: unknown): unknown {
  return Tokenization.resolve(value, {
    scope: stack,
    resolver: new DefaultTokenResolver(new StringConcat()),
  });
}

describe("resolveTokens", () => {
  const text = Lazy.stringValue({ produce: () => "later" });
  const list = Lazy.listValue({ produce: () => ["a", "b"] });
  const number = Lazy.numberValue({ produce: () => 42 });
  const map = Token.asStringMap(Lazy.anyValue({ produce: () => ({ a: "1" }) }));

  test.each<[string, unknown, unknown]>([
    ["a text token", text, "later"],
    ["a token amid text", `so ${text}!`, "so later!"],
    ["a list token", list, ["a", "b"]],
    ["a number token", number, 42],
    ["a number token amid text", `x${number}y`, "x42y"],
    ["a map token", map, { a: "1" }],
    ["a token object", Token.asAny({ a: [text, undefined] }), { a: ["later"] }],
    ["tokens deep inside", { a: [{ b: text }], c: number }, { a: [{ b: "later" }], c: 42 }],
    ["a token as a key", { [text]: 1 }, { later: 1 }],
    ["undefined in objects and lists", { a: undefined, b: [1, undefined] }, { b: [1] }],
    ["empty lists and objects", { a: [], b: {} }, { a: [], b: {} }],
    ["plain values", [1, 0.5, -1e300, "1e+5", "", true, null], [1, 0.5, -1e300, "1e+5", "", true, null]],
  ])("%s, as cdktf does", (_, value, expected) => {
    expect(resolveTokens(value)).toEqual(expected);
    expect(resolveTokens(value)).toEqual(cdktf(value));
  });

  test("what is read twice is an object of its own each time", () => {
    const reader = new TokenReader(stack);
    const value = { text, list, map, a: { b: [text, text] } };
    const first = reader.resolve(value);
    expect(reader.resolve(value)).toEqual(first);
    mergeInto({}, first ?? {});
    const target: JsonObject = {};
    mergeInto(target, reader.resolve(value) ?? {});
    mergeInto(target, { list: ["c"], map: { a: "2" } });
    expect(reader.resolve(value)).toEqual(cdktf(value));
  });

  test("undefined stays undefined", () => {
    expect(resolveTokens(undefined)).toBeUndefined();
  });

  test("agrees with cdktf on all values without map tokens", () => {
    const leaf = fc.oneof(
      fc.constantFrom<unknown>(
        text,
        `a${text}b`,
        number,
        `${number}`,
        undefined,
        null,
        "${x}",
        "TfToken[",
        "2e+9",
      ),
      fc.string(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true, max: 1e200, min: -1e200 }),
      fc.boolean(),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, leaf, tie("list"), tie("object")),
      list: fc.array(tie("value"), { maxLength: 3 }),
      object: fc.dictionary(fc.string(), tie("value"), { maxKeys: 3 }).map((entries) => ({ ...entries })),
    }));
    fc.assert(
      fc.property(value, (anything) => {
        expect(resolveTokens(anything)).toEqual(cdktf(anything));
      }),
      cases(150, 5_000),
    );
  });
});

describe("mergeInto", () => {
  test("merges objects, appends lists, replaces the rest", () => {
    const target: JsonObject = { resource: { a: { x: 1 } }, import: [1], kept: true, replaced: [1] };
    mergeInto(target, { resource: { a: { y: 2 }, b: {} }, import: [2], replaced: "now text" });
    expect(target).toEqual({
      resource: { a: { x: 1, y: 2 }, b: {} },
      import: [1, 2],
      kept: true,
      replaced: "now text",
    });
  });

  test("does not change a list, which may be of a construct", () => {
    const list = [1];
    const target: JsonObject = {};
    mergeInto(target, { resource: { a: { list } } });
    mergeInto(target, { resource: { a: { list: [2] } } });
    expect(list).toEqual([1]);
    expect(target).toEqual({ resource: { a: { list: [1, 2] } } });
  });

  test("treats names of Object.prototype like any other", () => {
    const target: JsonObject = {};
    mergeInto(target, { constructor: { a: 1 }, toString: [1] });
    mergeInto(target, { constructor: { b: 2 }, toString: [2] });
    expect(target).toEqual({ constructor: { a: 1, b: 2 }, toString: [1, 2] });
  });

  test.each([["text"], [null], [["list"]]])("rejects %j, which has no keys", (source) => {
    expect(() => mergeInto({}, source)).toThrow(TypeError);
  });
});
