import fc from "fast-check";
import { parseDocument } from "yaml";
import type { EntryPath } from "../../../lib/config/yaml/edit-checks";
import { replaceScalar } from "../../../lib/config/yaml/replace-scalar";

test.each<[title: string, before: string, path: EntryPath, value: string, after: string]>([
  ["before its comment", "a:\n  b: x # one\nc: 2\n", ["a", "b"], "y", "a:\n  b: y # one\nc: 2\n"],
  ["in its double quotes", 'a: "x"\n', ["a"], "y", 'a: "y"\n'],
  ["in its single quotes", "a: 'x'\n", ["a"], "it's", "a: 'it''s'\n"],
  ["in a map on one line", "a: { b: x, c: 1 }\n", ["a", "b"], "y", "a: { b: y, c: 1 }\n"],
  ["with quotes where YAML reads another type", "a: x\n", ["a"], "0123", 'a: "0123"\n'],
  ["at the end of a file without a line break", "a:\n  b: x", ["a", "b"], "yy", "a:\n  b: yy"],
  ["with Windows line ends", "a: x\r\nb: 1\r\n", ["a"], "y", "a: y\r\nb: 1\r\n"],
])("a value is replaced %s", (_, before, path, value, after) => {
  expect(replaceScalar(before, path, value)).toBe(after);
});

test.each<[string, string, EntryPath]>([
  ["a missing key", "a: 1\n", ["b"]],
  ["a map", "a: { b: 1 }\n", ["a"]],
  ["a list", "a: [1]\n", ["a"]],
  ["an empty value", "a:\nb: 1\n", ["a"]],
  ["an alias", "x: &x 1\na: *x\n", ["a"]],
  ["a multi-line text", "a: |\n  one\n  two\n", ["a"]],
  ["invalid YAML", "a: [\n", ["a"]],
])("%s is rejected", (_, text, path) => {
  expect(() => replaceScalar(text, path, "y")).toThrow(expect.objectContaining({ code: "yaml-layout" }));
});

test("the text around the value is unchanged, and the file differs only in this value", () => {
  const key = fc.stringMatching(/^[a-z][a-z0-9-]{0,6}$/);
  const leaf = fc.oneof(key, fc.string({ maxLength: 8 }));
  const file = fc.dictionary(key, fc.dictionary(key, leaf, { minKeys: 1, maxKeys: 4 }), {
    minKeys: 1,
    maxKeys: 4,
  });
  const end = fc.constantFrom("\n", "\r\n");
  fc.assert(
    fc.property(file, leaf, fc.nat(), fc.nat(), end, (value, put, first, second, lineEnd) => {
      const keys = Object.keys(value);
      const within = keys[first % keys.length] ?? "";
      const inner = Object.keys(value[within] ?? {});
      const at = inner[second % inner.length] ?? "";
      const lines = Object.entries(value).flatMap(([name, all]) => [
        `${name}: # about ${name}`,
        ...Object.entries(all).map(([one, other]) => `  ${one}:  ${JSON.stringify(other)}  # ${one}`),
        "",
      ]);
      const text = lines.join(lineEnd);
      const after = replaceScalar(text, [within, at], put);
      expect(parseDocument(after).toJS()).toEqual({ ...value, [within]: { ...value[within], [at]: put } });
      const line = lines.indexOf(`${within}: # about ${within}`) + 1 + inner.indexOf(at);
      const left = after.split(lineEnd);
      expect(left.toSpliced(line, 1)).toEqual(lines.toSpliced(line, 1));
      expect(left[line]?.startsWith(`  ${at}:  `)).toBe(true);
      expect(left[line]?.endsWith(`  # ${at}`)).toBe(true);
    }),
  );
});
