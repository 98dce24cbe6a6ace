import fc from "fast-check";
import { parseDocument } from "yaml";
import { insertEntry } from "../../../lib/config/yaml/insert-entry";

test.each<[title: string, before: string, path: [string, ...string[]], value: unknown, after: string]>([
  ["at the end of a map", "a:\n  b: 1 # one\nc: 2\n", ["a", "d"], "x", "a:\n  b: 1 # one\n  d: x\nc: 2\n"],
  ["with the map's own indent", "a:\n    b: 1\n", ["a", "d"], { e: 1 }, "a:\n    b: 1\n    d:\n      e: 1\n"],
  ["into a map on one line", "a: { b: 1 } # c\n", ["a", "d"], [1, 2], "a: { b: 1, d: [ 1, 2 ] } # c\n"],
  ["into an empty map", "a: {} # none yet\nb: 1\n", ["a", "d"], "x", "a: # none yet\n  d: x\nb: 1\n"],
  ["into an empty value", "a:\nb: 1\n", ["a", "d"], "x", "a:\n  d: x\nb: 1\n"],
  ["with the missing maps", "a: 1\n", ["b", "c", "d"], [1], "a: 1\nb:\n  c:\n    d: [1]\n"],
  [
    "after a comment that ends a block",
    "a:\n  b: 1\n  # last\n\nc: 2\n",
    ["a", "d"],
    3,
    "a:\n  b: 1\n  d: 3\n  # last\n\nc: 2\n",
  ],
  ["without a line break at the end", "a:\n  b: 1", ["a", "d"], 3, "a:\n  b: 1\n  d: 3"],
  [
    "with the file's line ends",
    "a:\r\n  b: 1\r\nc: 2\r\n",
    ["a", "d"],
    3,
    "a:\r\n  b: 1\r\n  d: 3\r\nc: 2\r\n",
  ],
  ["after a byte order mark", "\uFEFFa:\n  b: 1\n", ["a", "d"], 3, "\uFEFFa:\n  b: 1\n  d: 3\n"],
  ["into an empty file", "", ["a", "d"], 3, "a:\n  d: 3\n"],
])("an entry is inserted %s", (_, before, path, value, after) => {
  expect(insertEntry(before, path, value)).toBe(after);
});

test("an account's id keeps its quotes", () => {
  expect(insertEntry("a:\n  b: 1\n", ["a", "id"], "012345678901")).toBe('a:\n  b: 1\n  id: "012345678901"\n');
});

test.each<[string, string, [string, ...string[]], string]>([
  ["an existing entry", "a:\n  b: 1\n", ["a", "b"], "yaml-entry-exists"],
  ["a list instead of a map", "a: [1]\n", ["a", "b"], "yaml-layout"],
  ["a text instead of a map", "a: text\n", ["a", "b"], "yaml-layout"],
  ["an alias instead of a map", "x: &x {b: 1}\na: *x\n", ["a", "c"], "yaml-layout"],
])("%s is rejected", (_, text, path, code) => {
  expect(() => insertEntry(text, path, 1)).toThrow(expect.objectContaining({ code }));
});

test("all other lines are unchanged, and the file has one more entry", () => {
  const key = fc.stringMatching(/^[a-z][a-z0-9-]{0,6}$/);
  const leaf = fc.oneof(fc.integer(), key, fc.array(key, { minLength: 1, maxLength: 3 }));
  const file = fc.dictionary(key, fc.dictionary(key, leaf, { minKeys: 1, maxKeys: 4 }), {
    minKeys: 1,
    maxKeys: 4,
  });
  fc.assert(
    fc.property(file, key, leaf, fc.nat(), (value, added, put, at) => {
      const keys = Object.keys(value);
      const within = keys[at % keys.length] ?? "";
      fc.pre(!Object.hasOwn(value[within] ?? {}, added));
      const lines = Object.entries(value).flatMap(([name, inner]) => [
        `${name}: # about ${name}`,
        ...Object.entries(inner).map(([one, other]) => `  ${one}: ${JSON.stringify(other)} # ${one}`),
        "",
      ]);
      const text = `# top\n${lines.join("\n")}`;
      const after = insertEntry(text, [within, added], put);
      expect(parseDocument(after).toJS()).toEqual({ ...value, [within]: { ...value[within], [added]: put } });
      const left = after.split("\n");
      for (const line of text.split("\n")) expect(left).toContain(line);
      expect(left.length).toBe(text.split("\n").length + 1);
    }),
  );
});
