import type { Grant, Person, RefPattern } from "../../../../lib/config/model/model";
import { parsePolicy } from "../../../../lib/iam/language/read-policy";
import { proveByShape } from "../../../../lib/iam/prove/tokens/prove-by-shape";
import { proveWithScope } from "../../../../lib/iam/prove/tokens/prove-trust-policy";
import { shapeOf } from "../../../../lib/iam/prove/tokens/shape";
import { writeTrustPolicy } from "../../../../lib/iam/write/trust/trust-policy";
import { issuerHost } from "../../../../lib/token/issuer";
import { aGrant, alice, anyRef, anyRefOrNone, bob, everyone, only } from "../../../fixtures/access";

const PROVIDER = `arn:aws:iam::123456789012:oidc-provider/${issuerHost(aGrant())}`;
const carol: Person = { name: "carol", id: "3f1c9a52-0e64-4d8b-b7a1-5c2e8d904f13" };
const branches = (...list: readonly RefPattern[]): Grant["refs"] => ({
  kind: "listed",
  branches: list,
  tags: [],
});
const exact = (...names: readonly string[]): Grant["refs"] =>
  branches(...names.map((name): RefPattern => ({ kind: "exact", name })));

/** A policy's text, and the grant that it is compared with. */
interface Case {
  readonly text: string;
  readonly grant: Grant;
}
const textOf = (grant: Grant, quota = 2048): string =>
  JSON.stringify(writeTrustPolicy(grant, PROVIDER, quota));
const written = (grant: Grant): Case => ({ text: textOf(grant), grant });
const shape = ({ text, grant }: Case): string | undefined => shapeOf(parsePolicy(text), grant, PROVIDER);

describe("roles of one shape differ only in ids and names", () => {
  const other = {
    project: "11111111-2222-4333-8444-555555555555",
    repository: "github.com/acme/a-longer-name",
  };
  test.each<[string, Grant, Grant]>([
    ["another project and repository", aGrant(), aGrant(other)],
    ["another person and branch", aGrant(), aGrant({ people: only(bob), refs: exact("a/longer/name") })],
    ["the order of two people", aGrant({ people: only(alice, bob) }), aGrant({ people: only(bob, alice) })],
    [
      "everyone, of any ref",
      aGrant({ people: everyone, refs: anyRef }),
      aGrant({ ...other, people: everyone, refs: anyRef }),
    ],
    [
      "a prefix of another length, alone",
      aGrant({ refs: branches({ kind: "prefix", prefix: "release/" }) }),
      aGrant({ refs: branches({ kind: "prefix", prefix: "r" }) }),
    ],
  ])("%s", (_, one, another) => {
    expect(shape(written(one))).toBeDefined();
    expect(shape(written(another))).toBe(shape(written(one)));
    const proven = new Set<string>();
    for (const { text, grant } of [written(one), written(another)])
      expect(proveByShape(parsePolicy(text), grant, PROVIDER, proven)).toEqual({ result: "equal" });
    expect(proven.size).toBe(1);
  });

  test.each<[string, Grant, Grant]>([
    ["one person and two", aGrant(), aGrant({ people: only(alice, bob) })],
    ["a name and a prefix", aGrant(), aGrant({ refs: branches({ kind: "prefix", prefix: "main" }) })],
    [
      "two names, one of which begins with the other",
      aGrant({ refs: exact("ab", "xyz") }),
      aGrant({ refs: exact("ab", "abc") }),
    ],
    [
      "tokens without an origin",
      aGrant({ people: everyone, refs: anyRef }),
      aGrant({ people: everyone, refs: anyRefOrNone }),
    ],
    ["another audience", aGrant(), aGrant({ audience: "another" })],
    [
      "people who share more digits",
      aGrant({ people: only(alice, bob) }),
      aGrant({ people: only(alice, { ...bob, id: `0${bob.id.slice(1)}` }) }),
    ],
  ])("%s: not the same", (_, one, another) => {
    expect(shape(written(one))).toBeDefined();
    expect(shape(written(another))).not.toBe(shape(written(one)));
  });

  test("another account, another operator and one more statement are not the same either", () => {
    const { text, grant } = written(aGrant());
    const another = text.replace("123456789012", "210987654321");
    const folded = text.replace('"StringEquals":{', '"StringEqualsIgnoreCase":{');
    const twice = text.replace(
      '"Statement":[',
      '"Statement":[{"Effect":"Deny","Principal":"*","Action":"*"},',
    );
    for (const changed of [another, folded, twice]) {
      expect(changed).not.toBe(text);
      expect(shape({ text: changed, grant })).not.toBe(shape(written(grant)));
    }
  });
});

describe("what has no shape is proven anew", () => {
  const many = aGrant({
    people: only(
      ...Array.from({ length: 12 }, (_, at) => ({
        name: `p${at}`,
        id: carol.id.replace("3f1c", `${1000 + at}`),
      })),
    ),
    refs: exact("a", "b", "c"),
  });
  const { text, grant } = written(aGrant());
  test.each<[string, Case]>([
    [
      "a wildcard before the end",
      {
        text: text.replace('StringEquals":{"oidc', 'StringLike":{"oidc').replace("/user/", "/us*er/"),
        grant,
      },
    ],
    ["a form whose people may stand anywhere", { text: textOf(many, 1), grant: many }],
    ["a policy variable", { text: text.replace("/user/", "/user/${aws:username}"), grant }],
    [
      "a condition on the project's id",
      { text: text.replace(':sub"', ':oidc.circleci.com/project-id"'), grant },
    ],
    ["a repository that no token can name", written(aGrant({ repository: "github.com/acme/vcs-ref/x" }))],
  ])("%s", (_, one) => {
    expect(shape(one)).toBeUndefined();
  });
});

const GRANTS: readonly Grant[] = [
  aGrant(),
  aGrant({ people: only(bob) }),
  aGrant({ people: only(alice, bob) }),
  // One id twice: where two should differ, they do not.
  aGrant({ people: only(alice, alice) }),
  aGrant({ people: only(alice, bob, carol) }),
  aGrant({ refs: exact("mai") }),
  aGrant({ refs: branches({ kind: "prefix", prefix: "mai" }) }),
  // A name with a character that is a wildcard elsewhere.
  aGrant({ refs: exact("mai*") }),
  aGrant({ refs: exact("ab", "abc") }),
  aGrant({ refs: exact("ab", "abcd") }),
  aGrant({ people: everyone, refs: anyRef }),
  aGrant({ people: everyone, refs: anyRefOrNone }),
  aGrant({ people: everyone }),
];
/** Every policy with every grant: most of them do not fit. */
const CASES: readonly Case[] = GRANTS.flatMap((of) => GRANTS.map((grant) => ({ text: textOf(of), grant })));
const PROVEN = new Map<Case, { readonly isEqual: boolean; readonly isOfEveryToken: boolean }>();
beforeAll(() => {
  for (const one of CASES) {
    const { proof, isOfEveryToken } = proveWithScope(parsePolicy(one.text), one.grant, PROVIDER);
    PROVEN.set(one, { isEqual: proof.result === "equal", isOfEveryToken });
  }
});

/** Pairs of one shape, one of which is proven and the other not: what must not exist. */
function violations(of: (one: Case) => string | undefined): readonly (readonly [Case, Case])[] {
  const known = new Map<string, Case>();
  return CASES.flatMap((one) => {
    const found = of(one);
    if (found === undefined) return [];
    const same = known.get(found);
    if (same === undefined) known.set(found, one);
    return same !== undefined && PROVEN.get(same)?.isOfEveryToken !== PROVEN.get(one)?.isOfEveryToken
      ? [[same, one] as const]
      : [];
  });
}

test("cases of one shape are all proven or none is", () => {
  expect(violations(shape)).toEqual([]);
  expect([...PROVEN.values()].filter(({ isOfEveryToken }) => isOfEveryToken).length).toBeGreaterThan(12);
  const shared = new Set<string>();
  for (const one of CASES) {
    if (PROVEN.get(one)?.isEqual === false && shape(one) === undefined) continue;
    const { result } = proveByShape(parsePolicy(one.text), one.grant, PROVIDER, shared);
    expect(result === "equal").toBe(PROVEN.get(one)?.isEqual);
  }
});

/** A shape with its rows changed: a shape function with an error. */
const withRows =
  (change: (languages: readonly (readonly string[])[]) => unknown) =>
  (one: Case): string | undefined => {
    const found = shape(one);
    if (found === undefined) return undefined;
    const [rows, ...rest] = (JSON.parse(found) as readonly (readonly (readonly string[])[])[]).toReversed();
    return JSON.stringify([rest, change(rows ?? [])]);
  };
const eachRow = (change: (row: string) => string) => withRows((all) => all.map((rows) => rows.map(change)));

test.each<[string, (one: Case) => string | undefined]>([
  ["forgets that any text may follow", eachRow((row) => row.replace(" *", ""))],
  ["forgets where two ids share a character", eachRow((row) => row.replaceAll(/\d+/g, "0"))],
  [
    "forgets what follows the shorter one of two names",
    withRows((all) => {
      const shortest = Math.min(...all.flat().map((row) => row.split(" ").length));
      return all.map((rows) => rows.map((row) => row.split(" ").slice(0, shortest)));
    }),
  ],
  ["forgets the grant", withRows((all) => all.slice(0, -2))],
])("a shape that %s is caught", (_, broken) => {
  expect(violations(broken)).not.toEqual([]);
});
