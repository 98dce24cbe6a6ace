import fc from "fast-check";
import { parseDocument } from "yaml";
import { removeEntry } from "../../../lib/config/yaml/remove-entry";

test.each<[title: string, before: string, path: [string, ...string[]], after: string]>([
  ["from the end of a map", "a:\n  b: 1 # one\n  c: 2\nd: 3\n", ["a", "c"], "a:\n  b: 1 # one\nd: 3\n"],
  [
    "from the beginning of a map, with all below it",
    "a:\n  b:\n    x: 1\n  c: 2\n",
    ["a", "b"],
    "a:\n  c: 2\n",
  ],
  ["from a map on one line", "a: { b: 1, c: 2 } # x\n", ["a", "b"], "a: { c: 2 } # x\n"],
  ["from the end of a map on one line", "a: { b: 1, c: 2 } # x\n", ["a", "c"], "a: { b: 1 } # x\n"],
  ["as the only entry of a map on one line", "a: { b: 1 }\n", ["a", "b"], "a: {}\n"],
  ["as the only entry of a map", "a: # all\n  b: 1\nc: 2\n", ["a", "b"], "a: {} # all\nc: 2\n"],
])("an entry is removed %s", (_, before, path, after) => {
  expect(removeEntry(before, path)).toBe(after);
});

test("removing a missing entry is an error", () => {
  for (const path of [
    ["a", "x"],
    ["b", "x"],
  ] as const)
    expect(() => removeEntry("a:\n  b: 1\n", [...path])).toThrow(
      expect.objectContaining({ code: "yaml-layout" }),
    );
});

test("all other lines are unchanged, and the file has one entry less", () => {
  const key = fc.stringMatching(/^[a-z][a-z0-9-]{0,6}$/);
  const file = fc.dictionary(key, fc.dictionary(key, fc.integer(), { minKeys: 2, maxKeys: 4 }), {
    minKeys: 1,
  });
  fc.assert(
    fc.property(file, fc.nat(), fc.nat(), (value, first, second) => {
      const keys = Object.keys(value);
      const within = keys[first % keys.length] ?? "";
      const inner = Object.keys(value[within] ?? {});
      const gone = inner[second % inner.length] ?? "";
      const lines = Object.entries(value).flatMap(([name, all]) => [
        `${name}: # about ${name}`,
        ...Object.entries(all).map(([one, other]) => `  ${one}: ${other} # ${one}`),
        "",
      ]);
      const after = removeEntry(lines.join("\n"), [within, gone]);
      const { [gone]: _, ...left } = value[within] ?? {};
      expect(parseDocument(after).toJS()).toEqual({ ...value, [within]: left });
      expect(after.split("\n")).toHaveLength(lines.length - 1);
    }),
  );
});
