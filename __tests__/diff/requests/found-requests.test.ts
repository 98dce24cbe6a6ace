import fc from "fast-check";
import { plainText } from "../../../lib/describe/phrase";
import { callersBetween, requestsBetween } from "../../../lib/diff/requests/found-requests";
import { parsePolicy } from "../../../lib/iam/language/read-policy";
import { comparePermissions, type Permissions } from "../../../lib/iam/prove/requests/compare-permissions";
import { compareResourcePolicies } from "../../../lib/iam/prove/requests/compare-resource-policies";
import { cases } from "../../iam/automata/cases";
import { allow, deny, policyOf, readable, type StatementJson } from "../../iam/prove/requests/write";

const of = (...statements: readonly StatementJson[]): Permissions => ({
  identity: statements.length === 0 ? [] : [readable(...statements)],
});

function gained(before: Permissions, after: Permissions): readonly string[] {
  const found = requestsBetween(before, after, comparePermissions(before, after));
  return found.gained.map(
    ({ action, resource, by }) => `${by === undefined ? action : plainText(by)} on ${resource}`,
  );
}

const SITE = "arn:aws:s3:::site/index.html";

test("of an extended statement only the added action is reported", () => {
  const before = of(allow(["s3:GetObject", "s3:ListBucket"], SITE));
  expect(gained(before, of(allow(["s3:GetObject", "s3:ListBucket", "s3:PutObject"], SITE)))).toEqual([
    `s3:PutObject on ${SITE}`,
  ]);
  expect(gained(before, of(allow(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], SITE)))).toEqual([
    `s3:PutObject on ${SITE}`,
    `s3:DeleteObject on ${SITE}`,
  ]);
});

test("a pattern is reported as a pattern, with a call that it now allows", () => {
  expect(gained(of(allow("s3:GetObject", SITE)), of(allow(["s3:GetObject", "s3:Put*"], SITE)))).toEqual([
    `s3:Put* on ${SITE}`,
  ]);
});

test.each([[["*", "s3:GetObject"]], [["s3:GetObject", "*"]]])(
  "%j: allowing everything is reported, and not hidden behind a call that both allow",
  (actions) => {
    expect(gained(of(), of(allow(actions, SITE)))).toEqual([`* on ${SITE}`]);
  },
);

test("a pattern is reported before single actions", () => {
  const many = Array.from({ length: 40 }, (_, at) => `sqs:Call${at}`);
  expect(gained(of(), of(allow([...many, "iam:*"], "*")))[0]).toMatch(/^iam:\* on /);
});

test("NotAction is reported as everything but the named actions", () => {
  const all: StatementJson = { Effect: "Allow", NotAction: ["iam:*", "sts:*"], Resource: "*" };
  expect(gained(of(), of(all))[0]).toMatch(/^everything except iam:\*, sts:\* on /);
});

test("if a Deny is removed too, what it denied is reported although the Allow is unchanged", () => {
  const before = of(allow("s3:GetObject", SITE), deny("s3:GetObject", SITE));
  expect(gained(before, of(allow("s3:GetObject", SITE), allow("s3:PutObject", SITE)))).toEqual([
    `s3:GetObject on ${SITE}`,
    `s3:PutObject on ${SITE}`,
  ]);
});

test("a new statement does not hide what an unreadable policy may allow", () => {
  const before = of(allow("s3:GetObject", SITE));
  const opaque = { kind: "opaque", name: "arn:aws:iam::123456789012:policy/elsewhere" } as const;
  const after = { identity: [readable(allow(["s3:GetObject", "s3:PutObject"], SITE)), opaque] };
  const found = requestsBetween(before, after, comparePermissions(before, after));
  expect(found.gained.map(({ action, facts }) => [action, facts.length > 0])).toContainEqual([
    "s3:PutObject",
    false,
  ]);
});

test("of a bucket policy the newly named principals are reported, and no others", () => {
  const policy = (...accounts: readonly string[]) =>
    parsePolicy(
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { AWS: accounts }, Action: "s3:GetObject", Resource: SITE },
          { Effect: "Deny", Principal: "*", Action: "s3:DeleteObject", Resource: SITE },
        ],
      }),
    );
  const [one, two, three] = ["111111111111", "222222222222", "333333333333"];
  const reported = (before: ReturnType<typeof policy>, after: ReturnType<typeof policy>) =>
    callersBetween(before, after, compareResourcePolicies(before, after)).gained.map(({ caller }) => caller);
  expect(reported(policy(one), policy(one, two))).toEqual([`any principal in account ${two}`]);
  expect(reported(policy(one), policy(one, two, three))).toEqual([
    `any principal in account ${two}`,
    `any principal in account ${three}`,
  ]);
});

test("of a widened statement only the added resources are named, and those that were allowed are not", () => {
  const resources = (before: Permissions, after: Permissions) =>
    requestsBetween(before, after, comparePermissions(before, after)).gained.map(({ on }) =>
      plainText(on ?? []),
    );
  const [one, two, three] = ["arn:aws:s3:::one/*", "arn:aws:s3:::two/*", "arn:aws:s3:::three/*"];
  const before = of(allow("s3:GetObject", [one]));
  expect(resources(before, of(allow("s3:GetObject", [one, two])))).toEqual([two]);
  expect(resources(before, of(allow("s3:GetObject", [one, two, three])))).toEqual([`${two}, ${three}`]);
  // By another statement it was allowed already; where a Deny changes, too, by proof.
  const wide = of(allow("s3:*", [two]), allow("s3:GetObject", [one]));
  expect(resources(wide, of(allow("s3:*", [two]), allow("s3:GetObject", [one, two, three])))).toEqual([
    three,
  ]);
  const denied = of(allow("s3:GetObject", [one]), deny("s3:PutObject", "*"));
  expect(resources(denied, of(allow("s3:GetObject", [one, two])))).toEqual([two]);
});

test("of many parts those that are not compared are counted", () => {
  const many = Array.from({ length: 100 }, (_, at) => `sqs:Call${at}`);
  const after = of(allow([...many], "*"));
  const found = requestsBetween(of(), after, comparePermissions(of(), after));
  expect(found.gained).toHaveLength(60);
  expect(found.notCompared).toEqual({ gained: 40, lost: 0 });
});

test("what a removed Deny no longer denies is not reported for a pattern that does not match it", () => {
  const everybody = (one: StatementJson): StatementJson => ({ ...one, Principal: "*" });
  const before = policyOf(everybody(allow("s3:*", SITE)), everybody(deny("sqs:SendMessage", SITE)));
  const after = policyOf(everybody(allow("s3:*", SITE)));
  const { gained: reported } = callersBetween(before, after, compareResourcePolicies(before, after));
  expect(reported.map(({ action: call, by }) => [call, by])).toEqual([["sqs:SendMessage", undefined]]);
});

const action = fc.constantFrom("s3:GetObject", "s3:PutObject", "s3:Put*", "sqs:SendMessage", "*");
const statement = fc
  .record({
    effect: fc.constantFrom(allow, allow, allow, deny),
    actions: fc.uniqueArray(action, { minLength: 1, maxLength: 3 }),
    resource: fc.constantFrom(SITE, "arn:aws:s3:::site/*", "*"),
  })
  .map(({ effect, actions, resource }) => effect(actions, resource));
const statements = fc.array(statement, { maxLength: 3 });

test("law: everything that an Allow gains is reported, by its own pattern or action, and nothing else", () => {
  fc.assert(
    fc.property(statements, statements, fc.boolean(), (some, more, isOnlyAdded) => {
      const [was, is] = [some, isOnlyAdded ? [...some, ...more] : more];
      const [before, after] = [of(...was), of(...is)];
      const found = comparePermissions(before, after);
      const reported = requestsBetween(before, after, found).gained;
      const denies = is.filter(({ Effect }) => Effect === "Deny");
      const gaining = is
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap(({ Action = [], ...one }) => [Action].flat().map((each) => ({ ...one, Action: each })))
        .filter((piece) => comparePermissions(before, of(piece, ...denies)).gained !== undefined)
        .map(({ Action }) => Action);
      const said = reported.map(({ by, action: call }) => (by === undefined ? call : plainText(by)));
      expect(said.filter((one) => !gaining.includes(one) && found.gained?.action !== one)).toEqual([]);
      // One call by itself goes without saying where a pattern that lets it through is reported
      // with that very call.
      const shown = new Set([...said, ...reported.map(({ action: call }) => call)]);
      expect(gaining.filter((one) => !shown.has(one))).toEqual([]);
      expect(said.length > 0).toBe(found.gained !== undefined);
    }),
    cases(12, 5_000),
  );
});

const principal = fc.constantFrom<unknown>(
  "*",
  { AWS: "111111111111" },
  { AWS: ["111111111111", "arn:aws:iam::222222222222:role/ci"] },
  { Service: "sns.amazonaws.com" },
);
const resourceStatement = fc
  .record({ one: statement, Principal: principal })
  .map(({ one, Principal }): StatementJson => ({ ...one, Principal }));
const resourceStatements = fc.array(resourceStatement, { maxLength: 3 });

test("law: the same for a bucket policy, for all of its principals", () => {
  fc.assert(
    fc.property(resourceStatements, resourceStatements, fc.boolean(), (some, more, isOnlyAdded) => {
      const [was, is] = [some, isOnlyAdded ? [...some, ...more] : more];
      const [before, after] = [was, is].map((all) => (all.length === 0 ? undefined : policyOf(...all)));
      const found = compareResourcePolicies(before, after);
      const reported = callersBetween(before, after, found).gained;
      const denies = is.filter(({ Effect }) => Effect === "Deny");
      // After a removed Deny each piece gains what the Deny denied, which the piece itself does not
      // add.
      const gains = (piece: StatementJson) => {
        const call = compareResourcePolicies(before, policyOf(piece, ...denies)).gained?.action;
        return call !== undefined && new RegExp(`^${String(piece.Action).replace("*", ".*")}$`).test(call);
      };
      const gaining = is
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap(({ Action = [], ...one }) => [Action].flat().map((each) => ({ ...one, Action: each })))
        .filter(gains)
        .map(({ Action }) => Action);
      const said = reported.map(({ by, action: call }) => (by === undefined ? call : plainText(by)));
      const shown = new Set([...said, ...reported.map(({ action: call }) => call)]);
      expect(gaining.filter((one) => !shown.has(one))).toEqual([]);
      expect(reported.length > 0).toBe(found.gained !== undefined);
    }),
    cases(12, 5_000),
  );
});
