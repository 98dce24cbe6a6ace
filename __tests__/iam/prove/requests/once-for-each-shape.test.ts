import type { Policy } from "../../../../lib/iam/language/policy";
import { renamed, shapeOf } from "../../../../lib/iam/prove/requests/bucket-names";
import { compareResourcePolicies } from "../../../../lib/iam/prove/requests/compare-resource-policies";
import type { PermissionsComparison } from "../../../../lib/iam/prove/requests/request-counterexample";
import { allow, deny, policyOf, type StatementJson } from "./write";

/** With a budget of its own a comparison is made anew. */
const STEPS = { steps: 1_000_000 };
const arn = (resource: string): string => `arn:aws:s3:::${resource}`;
const read = (...resources: readonly string[]): StatementJson => ({
  ...allow("s3:GetObject", resources),
  Principal: "*",
});
const tls = (bucket: string): StatementJson => ({
  ...deny("s3:*", [arn(bucket), arn(`${bucket}/*`)], { Bool: { "aws:SecureTransport": "false" } }),
  Principal: "*",
});

/** Two policies that are compared. */
type Pair = readonly [was: readonly StatementJson[], is: readonly StatementJson[]];
const policies = ([was, is]: Pair): readonly [Policy, Policy] => [policyOf(...was), policyOf(...is)];
const shape = (pair: Pair): string | undefined =>
  shapeOf(
    policies(pair).map((one) => [one]),
    "",
  )?.key;

const opened = (bucket: string): Pair => [[tls(bucket)], [tls(bucket), read(arn(`${bucket}/*`))]];
const ONE = opened("acme-site-1");

test("two buckets compare alike, and the example is in the bucket itself", () => {
  const [one, another] = ["acme-site-1", "acme-site-2"].map((bucket) =>
    compareResourcePolicies(...policies(opened(bucket))),
  );
  expect(shape(opened("acme-site-2"))).toBe(shape(ONE));
  expect(one).toMatchObject({ relation: "broader", gained: { resource: arn("acme-site-1/index.html") } });
  expect(another).toEqual({
    ...one,
    gained: { ...one?.gained, resource: arn("acme-site-2/index.html") },
  });
  expect(another).toEqual(compareResourcePolicies(...policies(opened("acme-site-2")), STEPS));
});

test("a name that the other comparison shows as an example becomes another name", () => {
  const found: PermissionsComparison = {
    relation: "broader",
    gained: { action: "s3:GetObject", resource: arn("some-bucket/index.html"), keys: [], facts: [] },
  };
  const resource = (to: string): string | undefined => renamed(found, ["acme-files"], [to]).gained?.resource;
  expect(resource("other-file")).toBe(arn("some-bucket/index.html"));
  expect(resource("some-bucket")).toBe(arn("acme-files/index.html"));
});

/** Policies of two buckets, and of those that a pattern matches. */
const sides = (names: readonly [a: string, b: string]): readonly (readonly StatementJson[])[] => {
  const [a, b] = names;
  return [
    [read(arn(`${a}/*`))],
    [read(arn(`${b}/*`))],
    [read(arn(`${a}/*`), arn(`${b}/*`))],
    [read(arn(a))],
    [read("*")],
    [read(arn("*/public/*"))],
    [read(arn("b?/*"))],
    [read(arn(`${a}/*`)), { ...deny("s3:*", arn(`${b}/*`)), Principal: "*" }],
    [tls(a), read("*")],
  ];
};
const CASES: readonly Pair[] = [
  ["b1", "b2"],
  ["b2", "b1"],
  ["b1", "c9"],
].flatMap(([a = "", b = ""]) => {
  const all = sides([a, b]);
  return all.flatMap((was) => all.map((is): Pair => [was, is]));
});

/** Cases of one shape that compare otherwise: what must not exist. */
function violations(of: (pair: Pair) => string | undefined): number {
  const relations = new Map<string, Set<string>>();
  for (const [at, pair] of CASES.entries()) {
    const key = of(pair);
    const relation = RELATIONS[at] ?? "";
    if (key !== undefined) relations.set(key, (relations.get(key) ?? new Set()).add(relation));
  }
  return [...relations.values()].filter(({ size }) => size > 1).length;
}

const RELATIONS = CASES.map((pair) => compareResourcePolicies(...policies(pair), STEPS).relation);

test("cases of one shape compare alike, and as they do anew", () => {
  expect(violations(shape)).toBe(0);
  expect(CASES.map((pair) => compareResourcePolicies(...policies(pair)).relation)).toEqual(RELATIONS);
  expect(new Set(CASES.map(shape)).size).toBeLessThan(CASES.length / 2);
});

const text = (pair: Pair): string => JSON.stringify(pair);
const hasShape = (pair: Pair): boolean => shape(pair) !== undefined;

/** What shape functions with an error may look at. */
function numbered(pair: Pair): string {
  const seen: string[] = [];
  return text(pair).replaceAll(/:::(?:b[12]|c9)/g, (name) => {
    if (!seen.includes(name)) seen.push(name);
    return `:::${seen.indexOf(name)}`;
  });
}

test.each<[string, (pair: Pair) => string | undefined]>([
  [
    "forgets which of two names it is",
    (pair) => (hasShape(pair) ? text(pair).replaceAll(/:::[a-z0-9.-]+/g, ":::") : undefined),
  ],
  [
    "forgets what follows a name",
    (pair) => (hasShape(pair) ? text(pair).replaceAll(/(:::[a-z0-9.-]+)\/[^"]*/g, "$1") : undefined),
  ],
  ["forgets the policy before", ([, is]) => JSON.stringify(is)],
  ["forgets that a pattern matches some names", numbered],
])("a shape that %s is caught", (_, of) => {
  expect(violations(of)).toBeGreaterThan(0);
});

test.each<[string, Pair]>([
  ["a wildcard in or after a name", [[tls("b1")], [read(arn("b1*"))]]],
  ["a pattern that only some names match", [[tls("b1")], [read(arn("b?/*"))]]],
  ["a wildcard before the name", [[tls("b1")], [read("arn:aws:s3*:::b1/*")]]],
  ["a policy variable", [[tls("b1")], [read(arn("b1/${aws:username}/*"))]]],
  ["a name that S3 does not take", [[tls("b1")], [read(arn("B_1/*"))]]],
])("%s has no shape", (_, pair) => {
  expect(shape(pair)).toBeUndefined();
});

test.each<[string, Pair]>([
  ["a name in a principal", [ONE[0], [{ ...read(arn("acme-site-1/*")), Principal: { AWS: "acme-site-1" } }]]],
  ["a longer name", opened("acme-site-10")],
  ["another path", [ONE[0], [tls("acme-site-1"), read(arn("acme-site-1/public/*"))]]],
  ["the other way round", [ONE[1], ONE[0]]],
])("%s has another shape", (_, pair) => {
  expect(shape(pair)).toBeDefined();
  expect(shape(pair)).not.toBe(shape(ONE));
});
