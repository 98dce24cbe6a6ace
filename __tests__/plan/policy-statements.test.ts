import fc from "fast-check";
import type { Json, JsonObject } from "../../lib/iam/language/json";
import { statementChanges } from "../../lib/plan/statement-changes";
import { growthOfSteps } from "../fixtures/count-steps";

const read = {
  Sid: "Read",
  Effect: "Allow",
  Action: ["s3:GetObject"],
  Resource: "arn:aws:s3:::site/*",
};
const list = { Sid: "List", Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::site" };
const { Sid: _, ...nameless } = read;
const policy = (...statements: readonly Json[]): JsonObject => ({
  Version: "2012-10-17",
  Statement: statements,
});
/** `+ Read` and its lines, for reading. */
const changes = (before: JsonObject | undefined, after: JsonObject | undefined) =>
  statementChanges(before, after)?.map(({ effect, name, lines }) => [
    `${effect} ${name}`,
    ...lines.map(({ mark, text }) => `${mark}${text}`),
  ]);

test.each<[what: string, before: JsonObject, after: JsonObject]>([
  ["a text and a list with it", policy(read), policy({ ...read, Action: "s3:GetObject" })],
  ["the order of keys", policy(read), policy(Object.fromEntries(Object.entries(read).toReversed()))],
  ["the order of statements", policy(read, list), policy(list, read)],
  ["a statement and a list with it", policy(read), { Version: "2012-10-17", Statement: read }],
  [
    "the order of a list",
    policy({ ...read, Action: ["a:b", "a:c"] }),
    policy({ ...read, Action: ["a:c", "a:b"] }),
  ],
  ["a duplicate text", policy({ ...read, Action: ["a:b", "a:b"] }), policy({ ...read, Action: "a:b" })],
  ["the letter case of actions", policy(read), policy({ ...read, Action: "S3:getobject" })],
  ["all principals", policy({ ...read, Principal: "*" }), policy({ ...read, Principal: { AWS: ["*"] } })],
  [
    "a boolean and its text",
    policy({ ...read, Condition: { Bool: { "aws:SecureTransport": false } } }),
    policy({ ...read, Condition: { Bool: { "aws:SecureTransport": ["false"] } } }),
  ],
  ["no version and the oldest one", { Statement: [read] }, { Version: "2008-10-17", Statement: [read] }],
  ["without a Sid", policy(nameless), policy({ ...nameless, Resource: [nameless.Resource] })],
])("%s: the policies are equal", (_, before, after) => {
  expect(changes(before, after)).toEqual([]);
});

test.each<[what: string, before: JsonObject | undefined, after: JsonObject | undefined, is: unknown]>([
  [
    "one more action",
    policy(read, list),
    policy(list, { ...read, Action: ["s3:GetObject", "s3:PutObject"] }),
    [
      [
        "changed Read",
        ' Sid: "Read"',
        ' Effect: "Allow"',
        " Action: [",
        '   "s3:GetObject"',
        '+  "s3:PutObject"',
        " ]",
        ' Resource: "arn:aws:s3:::site/*"',
      ],
    ],
  ],
  [
    "a changed effect",
    policy(list),
    policy({ ...list, Effect: "Deny" }),
    [
      [
        "changed List",
        ' Sid: "List"',
        '-Effect: "Allow"',
        '+Effect: "Deny"',
        ' Action: "s3:ListBucket"',
        ' Resource: "arn:aws:s3:::site"',
      ],
    ],
  ],
  [
    "NotAction instead of Action",
    policy({ Effect: "Allow", Action: "a:b", Resource: "*" }),
    policy({ Effect: "Allow", NotAction: "a:b", Resource: "*" }),
    [["changed Statement[0]", ' Effect: "Allow"', '+NotAction: "a:b"', ' Resource: "*"', '-Action: "a:b"']],
  ],
  [
    "a removed condition",
    policy({ ...list, Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } }),
    policy(list),
    [
      [
        "changed List",
        ' Sid: "List"',
        ' Effect: "Allow"',
        ' Action: "s3:ListBucket"',
        ' Resource: "arn:aws:s3:::site"',
        '-Condition.StringEquals["aws:SourceVpc"]: "vpc-1"',
      ],
    ],
  ],
  [
    "an additional statement that has nothing in common",
    policy(read),
    policy(read, { Effect: "Deny", Principal: "*", Action: "*", Resource: ["a", "b"] }),
    [["added Statement[1]", '+Effect: "Deny"', '+Principal: "*"', '+Action: "*"', '+Resource: ["a", "b"]']],
  ],
  [
    "a version, which determines the meaning of variables",
    { Statement: [read] },
    policy(read),
    [["changed Version", '-Version: "2008-10-17"', '+Version: "2012-10-17"']],
  ],
  [
    "a new policy",
    undefined,
    policy(list),
    [
      [
        "added List",
        '+Sid: "List"',
        '+Effect: "Allow"',
        '+Action: "s3:ListBucket"',
        '+Resource: "arn:aws:s3:::site"',
      ],
    ],
  ],
  [
    "an unknown element",
    policy({ ...list, Foo: { b: 1, a: [2] } }),
    policy(list),
    [
      [
        "changed List",
        ' Sid: "List"',
        ' Effect: "Allow"',
        ' Action: "s3:ListBucket"',
        ' Resource: "arn:aws:s3:::site"',
        '-Foo: "{\\"a\\":[2],\\"b\\":1}"',
      ],
    ],
  ],
  [
    "an invalid statement",
    policy("x"),
    policy("y"),
    [
      ["added Statement[0]", '+"y"'],
      ["removed Statement[0]", '-"x"'],
    ],
  ],
])("%s", (_, before, after, is) => {
  expect(changes(before, after)).toEqual(is);
});

test("a policy without statements is not shown by statements when it is added or removed", () => {
  expect(changes(undefined, policy())).toBeUndefined();
  expect(changes(policy(), policy())).toEqual([]);
});

test("statements are paired by Sid, then by content, then by similarity", () => {
  const rename = changes(policy(read, list), policy(list, { ...read, Sid: "Fetch" }));
  expect(rename).toHaveLength(1);
  expect(rename?.[0]).toEqual(expect.arrayContaining(["changed Fetch", '-Sid: "Read"', '+Sid: "Fetch"']));
  const alike = { ...nameless, Action: ["s3:GetObject", "s3:GetObjectTagging"] };
  const names = changes(policy(nameless, list), policy({ ...list, Sid: "" }, alike))?.map(([name]) => name);
  expect(names).toEqual(["changed Statement[0]", "changed Statement[1]"]);
});

test("statements with equal Sids and contents are equal in any order", () => {
  const named = (Effect: string) => ({ Sid: "A", Effect, Action: "a:a", Resource: "*" });
  const unnamed = (Effect: string) => ({ Effect, Action: "a:a", Resource: "*" });
  const all = [named("Allow"), named("Deny"), unnamed("Allow"), unnamed("Deny")];
  expect(changes(policy(...all), policy(...all.toReversed()))).toEqual([]);
  const doubled = [...all, named("Allow")];
  expect(changes(policy(...doubled), policy(...doubled.toReversed()))).toEqual([]);
  expect(changes(policy(...doubled), policy(...all))).toHaveLength(1);
  const renamed = [unnamed("Allow"), { ...unnamed("Allow"), Sid: "C" }];
  expect(changes(policy(...renamed), policy(named("Allow"), named("Allow")))).toHaveLength(2);
});

test("comparing thousands of statements takes steps in proportion to their number", () => {
  const many = (length: number) =>
    Array.from({ length }, (_, index) => ({ ...nameless, Resource: `arn:aws:s3:::${index}` }));
  const reversed = (length: number) => changes(policy(...many(length)), policy(...many(length).toReversed()));
  const denied = (length: number) =>
    changes(policy(...many(length)), policy(...many(length).map((one) => ({ ...one, Effect: "Deny" }))));
  expect(reversed(3_000)).toEqual([]);
  expect(denied(3_000)).toHaveLength(3_000);
  // Below that, each is held against each.
  for (const compareOf of [reversed, denied]) expect(growthOfSteps(1_000, compareOf)).toBeLessThan(2.5);
});

const statement = fc.record(
  {
    Sid: fc.constantFrom("A", "B", "C", ""),
    Effect: fc.constantFrom("Allow", "Deny"),
    Action: fc.uniqueArray(fc.constantFrom("a:a", "a:b", "a:c"), { minLength: 1 }),
    Resource: fc.constantFrom("*", "arn:x"),
  },
  { requiredKeys: ["Effect", "Action"] },
);
const statements = fc.uniqueArray(statement, { maxLength: 4, selector: (one) => JSON.stringify(one) });

test("a policy equals itself in any order, and differs from another one", () => {
  const meaning = (all: readonly { readonly Action: readonly string[] }[]) =>
    JSON.stringify(
      all
        .map((one) =>
          JSON.stringify({
            ...Object.fromEntries(Object.entries(one).toSorted()),
            Action: one.Action.toSorted(),
          }),
        )
        .toSorted(),
    );
  fc.assert(
    fc.property(statements, statements, (one, other) => {
      const turned = one.toReversed().map((each) => ({ ...each, Action: each.Action.toReversed() }));
      const unique = new Set(one.map((each) => meaning([each]))).size === one.length;
      if (unique) expect(changes(policy(...one), policy(...turned))).toEqual([]);
      expect(changes(policy(...one), policy(...other))?.length === 0).toBe(meaning(one) === meaning(other));
    }),
  );
});
