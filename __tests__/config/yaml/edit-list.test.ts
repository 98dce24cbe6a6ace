import { addElement, editList } from "../../../lib/config/yaml/edit-list";

const without = (name: string) => (item: unknown) => (item === name ? [] : [item]);

test("a list with a line for each item keeps the comments of those that stay", () => {
  const text = "a:\n  - x # first\n  # about y\n  - y\n  - z # last\nb: 1\n";
  expect(editList(text, ["a"], without("y"))).toBe("a:\n  - x # first\n  # about y\n  - z # last\nb: 1\n");
  expect(editList(text, ["a"], (item) => (item === "y" ? ["p", "*"] : [item]))).toBe(
    'a:\n  - x # first\n  # about y\n  - p\n  - "*"\n  - z # last\nb: 1\n',
  );
});

test("a list between brackets, and one text", () => {
  expect(editList("a: [x, 'y', z] # c\n", ["a"], without("x"))).toBe("a: ['y', z] # c\n");
  expect(editList("a: x:* # c\n", ["a"], () => ["x:a", "x:b"])).toBe("a: [x:a, x:b] # c\n");
});

test("entries with options are replaced whole or kept, and the comment behind them stays", () => {
  const text = "a:\n  - x: { until: 1 } # until\n  - y:\n      until: 2 # on lines\n  - z\n";
  const at = (index: number, put: unknown) => (item: unknown, own: number) =>
    own === index ? [put] : [item];
  expect(editList(text, ["a"], at(1, { y: { until: 3 } }))).toBe(
    "a:\n  - x: { until: 1 } # until\n  - { y: { until: 3 } } # on lines\n  - z\n",
  );
  expect(editList(text, ["a"], (item, own) => (own === 1 ? [] : [item]))).toBe(
    "a:\n  - x: { until: 1 } # until\n  - z\n",
  );
});

test("an element is added at the end, and several go at once", () => {
  expect(addElement("a: [x, { y: { until: 1 } }] # c\n", ["a"], { z: { until: 2 } })).toBe(
    "a: [x, { y: { until: 1 } }, { z: { until: 2 } }] # c\n",
  );
  expect(addElement("a:\n  - x # first\nb: 1\n", ["a"], "z")).toBe("a:\n  - x # first\n  - z\nb: 1\n");
  const keep =
    (...kept: readonly string[]) =>
    (item: unknown) =>
      kept.includes(String(item)) ? [item] : [];
  expect(editList("a: [p, q, r, s, t]\r\n", ["a"], keep("q", "r"))).toBe("a: [q, r]\r\n");
  expect(editList("a: [p, q, r, s, t]\n", ["a"], keep("p", "t"))).toBe("a: [p, t]\n");
});

test.each([["a: [x]\n"], ["a: &b [x, y]\nc: *b\n"], ["a: [x, # c\n  y]\n"]])("%j is not edited", (text) => {
  const path = text.startsWith("a: &b") ? (["c"] as const) : (["a"] as const);
  expect(() => editList(text, path, without("x"))).toThrow(expect.objectContaining({ code: "yaml-layout" }));
});
