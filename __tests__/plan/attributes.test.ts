import fc from "fast-check";
import { attributeChanges } from "../../lib/plan/attributes";
import { readPlanJson } from "../../lib/plan/plan-json";
import type { ShownValue } from "../../lib/plan/resource-change";
import { growthOfSteps } from "../fixtures/count-steps";
import { plan, resource } from "./a-plan";

const LATER = "<later>";
const SECRET = "<secret>";
const said = (value: ShownValue): string | null =>
  value.kind === "text"
    ? value.text
    : value.kind === "absent"
      ? null
      : value.kind === "sensitive"
        ? SECRET
        : LATER;

/** What differs, as `[path, before, after]`; null where there is nothing. */
function differing(before: object | null, after: object | null, marks: object = {}) {
  const [read] = readPlanJson(plan([resource("a.b", { before, after, ...marks })]), "plan").resource_changes;
  return read === undefined
    ? []
    : attributeChanges(read.change).map((one) => [one.path, said(one.before), said(one.after)]);
}

test.each<[what: string, before: object | null, after: object | null, marks: object, is: unknown[]]>([
  ["the same", { a: 1, b: [{ c: "x" }] }, { b: [{ c: "x" }], a: 1 }, {}, []],
  ["null and an absent value", { a: null }, {}, {}, []],
  ["a value", { a: "x" }, { a: "y" }, {}, [["a", "x", "y"]]],
  ["an added value", {}, { a: 0 }, {}, [["a", null, "0"]]],
  ["a removed value", { a: false }, { a: null }, {}, [["a", "false", null]]],
  ["nothing and an empty list", { a: null }, { a: [] }, {}, [["a", null, "[]"]]],
  [
    "a part of a map",
    { tags: { team: "a", x: "1" } },
    { tags: { team: "b", x: "1" } },
    {},
    [["tags.team", "a", "b"]],
  ],
  [
    "keys that are not identifiers",
    { tags: { "a.b": "1", 'q"': "1", "": "1" } },
    { tags: { "a.b": "2", 'q"': "2", "": "2" } },
    {},
    [
      ['tags[""]', "1", "2"],
      ['tags["a.b"]', "1", "2"],
      ['tags["q\\""]', "1", "2"],
    ],
  ],
  [
    "a part of an element",
    { rule: [{ id: "old", status: "Enabled", days: 1 }] },
    { rule: [{ id: "old", status: "Disabled", days: 1 }] },
    {},
    [["rule[0].status", "Enabled", "Disabled"]],
  ],
  ["an element added in front", { a: ["b", "c"] }, { a: ["a", "b", "c"] }, {}, [["a[0]", null, "a"]]],
  ["a removed element", { a: ["a", "b", "c"] }, { a: ["a", "c"] }, {}, [["a[1]", "b", null]]],
  ["a replaced element", { a: ["a", "b"] }, { a: ["a", "x"] }, {}, [["a[1]", "b", "x"]]],
  [
    "the order of a list",
    { a: ["a", "b"] },
    { a: ["b", "a"] },
    {},
    [
      ["a[0]", "a", null],
      ["a[1]", null, "a"],
    ],
  ],
  [
    "an object added in front of changed ones",
    {
      rule: [
        { id: "a", days: 1 },
        { id: "b", days: 2 },
      ],
    },
    {
      rule: [
        { id: "n", days: 9 },
        { id: "a", days: 1 },
        { id: "b", days: 3 },
      ],
    },
    {},
    [
      ["rule[0].days", null, "9"],
      ["rule[0].id", null, "n"],
      ["rule[2].days", "2", "3"],
    ],
  ],
  ["an added list", {}, { a: ["x", "y"] }, {}, [["a", null, '["x","y"]']]],
  ["another kind of value", { a: [1] }, { a: { b: 1 } }, {}, [["a", "[1]", '{"b":1}']]],
  [
    "creation",
    null,
    { a: "x", gone: null, tags: { t: "1" } },
    {},
    [
      ["a", null, "x"],
      ["tags.t", null, "1"],
    ],
  ],
  [
    "destruction",
    { a: "x", gone: null, tags: { t: "1" } },
    null,
    {},
    [
      ["a", "x", null],
      ["tags.t", "1", null],
    ],
  ],
  [
    "a value known only after apply",
    { id: "1", same: 1 },
    { same: 1, list: [{ x: 1 }, null] },
    {
      after_unknown: {
        id: true,
        nested: [{ part: true }],
        list: [{ y: true }, true],
        empty: [{}],
        no: false,
      },
    },
    [
      ["id", "1", LATER],
      ["list[0].x", null, "1"],
      ["list[0].y", null, LATER],
      ["list[1]", null, LATER],
      ["nested[0].part", null, LATER],
    ],
  ],
  ["an object known only after apply", { a: 1 }, {}, { after_unknown: true }, [["a", "1", LATER]]],
  [
    "a changed secret and an unchanged one",
    { a: "old-secret", b: "kept-secret", c: { d: "x", e: "1" } },
    { a: "new-secret", b: "kept-secret", c: { d: "y", e: "1" } },
    {
      before_sensitive: { a: true, b: true, c: { d: true } },
      after_sensitive: { a: true, b: true, c: { d: true } },
    },
    [
      ["a", SECRET, SECRET],
      ["c.d", SECRET, SECRET],
    ],
  ],
  [
    "a secret on one side only",
    { a: "x" },
    { a: "y" },
    { after_sensitive: { a: true } },
    [["a", SECRET, SECRET]],
  ],
  [
    "a value that becomes a secret",
    { a: "x" },
    { a: "x" },
    { after_sensitive: { a: true } },
    [["a", SECRET, SECRET]],
  ],
  [
    "a secret known only after apply",
    { a: "x" },
    {},
    { after_unknown: { a: true }, after_sensitive: { a: true } },
    [["a", SECRET, SECRET]],
  ],
  ["an added secret", null, { a: "x" }, { after_sensitive: { a: true } }, [["a", null, SECRET]]],
  [
    "a sensitive object",
    { a: "x" },
    { a: "y" },
    { before_sensitive: true, after_sensitive: true },
    [["a", SECRET, SECRET]],
  ],
  [
    "a secret in an added list",
    {},
    { a: ["x", "y"] },
    { after_sensitive: { a: [true, false] } },
    [["a", null, '["(sensitive)","y"]']],
  ],
  ["a removed map of nulls", { a: { b: null } }, {}, {}, [["a", '{"b":null}', null]]],
  ["an added map of nulls", {}, { a: { b: { c: null } } }, {}, [["a.b", null, '{"c":null}']]],
  ["a null removed from a map", { a: { b: null } }, { a: {} }, {}, []],
  ["a null removed from a document", { a: '{"b":null}' }, { a: "{}" }, {}, [["a", '{"b":null}', "{}"]]],
  ["a null removed from a list", { a: [null] }, { a: [] }, {}, [["a", "[null]", "[]"]]],
])("%s", (_, before, after, marks, is) => {
  expect(differing(before, after, marks)).toEqual(is);
});

test("a JSON document is shown by its changed parts, and another layout counts as equal", () => {
  const container = (image: string) => JSON.stringify([{ name: "web", image }]);
  expect(differing({ containers: container("web:1") }, { containers: container("web:2") })).toEqual([
    ["containers[0].image", "web:1", "web:2"],
  ]);
  const [read] = readPlanJson(
    plan([resource("a.b", { before: { a: '{"x":1,"y":2}' }, after: { a: '{ "y": 2, "x": 1 }' } })]),
    "plan",
  ).resource_changes;
  expect(read && attributeChanges(read.change)).toMatchObject([{ path: "a", statements: [] }]);
});

test("a document with a duplicate key is compared as text, because half of it would be ignored", () => {
  const before = '{"a":1}';
  const after = '{"a":2,"a":1}';
  expect(differing({ x: before }, { x: after })).toEqual([["x", before, after]]);
});

test("comparing a list of thousands takes steps in proportion to its length, and one added element is one change", () => {
  const compareOf = (length: number) => {
    const long = Array.from({ length }, (_, index) => `element ${index}`);
    const after = long.toSpliced(length / 2, 1, "new").toSpliced(3, 0, "first");
    return differing({ a: long }, { a: after });
  };
  expect(compareOf(20_000)).toEqual([
    ["a[3]", null, "first"],
    ["a[10001]", "element 10000", "new"],
  ]);
  expect(growthOfSteps(1_000, compareOf)).toBeLessThan(2.5);
});

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, 0, 1, "a", "b", "", '{"x":1}', '["a"]'),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom("a", "b", "a.b", "__proto__"), tie("value"), { maxKeys: 3 }),
  ),
}));
const values = fc.dictionary(fc.constantFrom("a", "b", "c"), json.value);

test("equal values have no differences, and unequal values have some", () => {
  const compact = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(compact)
      : typeof value === "object" && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .filter(([, one]) => one !== null)
              .toSorted(([one], [other]) => (one < other ? -1 : 1))
              .map(([key, one]) => [key, compact(one)]),
          )
        : value;
  fc.assert(
    fc.property(values, values, (before, after) => {
      expect(differing(before, before)).toEqual([]);
      const isSame = JSON.stringify(compact(before)) === JSON.stringify(compact(after));
      expect(differing(before, after).length === 0).toBe(isSame);
    }),
  );
});

test("a created resource shows all known values after, a destroyed one all values before", () => {
  fc.assert(
    fc.property(values, (all) => {
      const created = differing(null, all);
      expect(created.every(([, before]) => before === null)).toBe(true);
      expect(differing(all, null)).toEqual(created.map(([path, before, after]) => [path, after, before]));
    }),
  );
});
