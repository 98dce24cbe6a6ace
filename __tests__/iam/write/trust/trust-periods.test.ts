import fc from "fast-check";
import type {
  Grant,
  GrantedPeople,
  GrantedPerson,
  Period,
  Periods,
} from "../../../../lib/config/model/model";
import { unitedPeriods } from "../../../../lib/config/model/period";
import { compilePolicy } from "../../../../lib/iam/evaluate/compile-policy";
import { decide } from "../../../../lib/iam/evaluate/decide";
import { requestKeys } from "../../../../lib/iam/evaluate/request";
import { policySize, printPolicy } from "../../../../lib/iam/language/document";
import { parsePolicy } from "../../../../lib/iam/language/read-policy";
import { proveByShape } from "../../../../lib/iam/prove/tokens/prove-by-shape";
import { type Proof, proveTrustPolicy } from "../../../../lib/iam/prove/tokens/prove-trust-policy";
import { writeTrustPolicy } from "../../../../lib/iam/write/trust/trust-policy";
import { aGrant, alice, anyRef, bob, everyone, organization, refs } from "../../../fixtures/access";
import { cases } from "../../automata/cases";
import { isMeant, tokenWith, v2 } from "../../meaning";

const HOST = `oidc.circleci.com/org/${organization.id}`;
const PROVIDER = `arn:aws:iam::123456789012:oidc-provider/${HOST}`;
const carol = { name: "carol", id: "3f1c9a52-0e64-4d8b-b7a1-5c2e8d904f13" };
const NEW_YEAR = "2027-01-01T00:00:00Z";
const LATER = "2027-03-01T12:00:00Z";

interface Written {
  readonly Version: "2012-10-17";
  readonly Statement: readonly {
    readonly Condition: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  }[];
}

function written(grant: Grant, quota = 2_048): Written {
  return JSON.parse(printPolicy(writeTrustPolicy(grant, PROVIDER, quota)));
}

const prove = (policy: object, grant: Grant): Proof =>
  proveTrustPolicy(parsePolicy(JSON.stringify(policy)), grant, PROVIDER);

function listed(...members: readonly GrantedPerson[]): GrantedPeople {
  return { kind: "listed", members };
}

const until = (end: string): Periods => [{ end }];

/** AWS's decision on a token at a moment. */
function allows(policy: object, sub: string, at: string): boolean {
  const keys = requestKeys(
    [
      [`${HOST}:sub`, sub],
      [`${HOST}:aud`, organization.audience],
      ["aws:CurrentTime", at],
    ],
    "absent",
  );
  const caller = { type: "Federated", arn: PROVIDER } as const;
  const action = "sts:AssumeRoleWithWebIdentity";
  return (
    decide(compilePolicy(parsePolicy(JSON.stringify(policy))), { action, caller, keys }).verdict === "allowed"
  );
}

/** What access.yaml says of the token at the moment, without any code of the model. */
function isGrantedAt(grant: Grant, sub: string, at: string): boolean {
  const holds = (periods: Periods | undefined): boolean =>
    periods === undefined ||
    periods.some(
      ({ start, end }) =>
        (start === undefined || Date.parse(at) >= Date.parse(start)) &&
        (end === undefined || Date.parse(at) < Date.parse(end)),
    );
  const { people } = grant;
  if (people.kind === "everyone") return holds(people.periods) && isMeant(grant, tokenWith(sub));
  const members = people.members.filter(({ periods }) => holds(periods));
  return isMeant({ ...grant, people: { kind: "listed", members } }, tokenWith(sub));
}

describe("the trust policy, complete", () => {
  const statement = (condition: object): object => ({
    Effect: "Allow",
    Principal: { Federated: PROVIDER },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: condition,
  });
  const strings = (...subjects: readonly string[]): object => ({
    StringEquals: {
      [`${HOST}:aud`]: organization.audience,
      [`${HOST}:sub`]: subjects.length === 1 ? subjects[0] : subjects,
    },
  });

  test("one statement for the people without an end, one for each end; people who share one share it", () => {
    const people = listed(
      alice,
      { ...bob, periods: until(NEW_YEAR) },
      { ...carol, periods: until(NEW_YEAR) },
    );
    expect(written(aGrant({ people }))).toEqual({
      Version: "2012-10-17",
      Statement: [
        statement(strings(v2())),
        statement({
          ...strings(v2({ user: bob.id }), v2({ user: carol.id })),
          DateLessThan: { "aws:CurrentTime": NEW_YEAR },
        }),
      ],
    });
  });

  test("a start and an end, for everyone; and two periods of one person", () => {
    const [first, second]: readonly Period[] = [
      { start: NEW_YEAR, end: LATER },
      { start: "2028-01-01T00:00:00Z" },
    ];
    const dates = {
      DateGreaterThanEquals: { "aws:CurrentTime": NEW_YEAR },
      DateLessThan: { "aws:CurrentTime": LATER },
    };
    const anyone = aGrant({
      people: { kind: "everyone", periods: [{ start: NEW_YEAR, end: LATER }] },
      refs: anyRef,
    });
    expect(written(anyone).Statement.map(({ Condition }) => Condition)).toMatchObject([dates]);
    const twice = aGrant({ people: listed({ ...bob, periods: [first ?? {}, second ?? {}] }) });
    expect(written(twice)).toEqual({
      Version: "2012-10-17",
      Statement: [
        statement({ ...strings(v2({ user: bob.id })), ...dates }),
        statement({
          ...strings(v2({ user: bob.id })),
          DateGreaterThanEquals: { "aws:CurrentTime": "2028-01-01T00:00:00Z" },
        }),
      ],
    });
  });
});

const SECONDS = [-2, -1, 0, 1, 2, 3, 4].map((second) =>
  new Date(Date.parse(NEW_YEAR) + second * 1_000).toISOString().replace(".000", ""),
);
const bounds = SECONDS.slice(2, 5);
const period = fc
  .tuple(
    fc.option(fc.constantFrom(...bounds), { nil: undefined }),
    fc.option(fc.constantFrom(...bounds), { nil: undefined }),
  )
  .filter(
    ([start, end]) =>
      (start !== undefined || end !== undefined) &&
      !(start !== undefined && end !== undefined && end <= start),
  )
  .map(
    ([start, end]): Period => ({
      ...(start === undefined ? {} : { start }),
      ...(end === undefined ? {} : { end }),
    }),
  );
const periods = fc
  .option(fc.array(period, { minLength: 1, maxLength: 2 }), { nil: undefined })
  .map((some) => (some === undefined ? undefined : unitedPeriods(some)));
const datedGrant: fc.Arbitrary<Grant> = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(alice, bob, carol), { minLength: 1, maxLength: 3 }),
    fc.array(periods, { minLength: 3, maxLength: 3 }),
    fc.constantFrom(
      anyRef,
      refs({ branches: ["main"] }),
      refs({ branches: ["main", "release/*"], tags: ["v1"] }),
      refs({ branches: ["main", "dev"], tags: ["v1"] }),
    ),
    fc.boolean(),
  )
  .map(([members, times, granted, isEveryone]) => {
    const withPeriods = <T extends object>(of: T, at: number): T & { periods?: Periods } => {
      const own = times[at];
      return own === undefined ? of : { ...of, periods: own };
    };
    const people = isEveryone ? withPeriods(everyone, 0) : listed(...members.map(withPeriods));
    return aGrant({ people, refs: granted });
  });

const subjects = [alice, bob, carol].flatMap(({ id }) =>
  ["refs/heads/main", "refs/heads/dev", "refs/heads/release/1", "refs/tags/v1", "refs/heads/v1"].map((ref) =>
    v2({ user: id, ref }),
  ),
);

describe("laws", () => {
  test("every policy is proven, and allows a token at a moment exactly if access.yaml does, in every form", () => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(datedGrant, fc.constantFrom(2_048, 1_100, 1), (grant, quota) => {
        const policy = written(grant, quota);
        expect(prove(policy, grant)).toEqual({ result: "equal" });
        for (const sub of subjects)
          for (const at of SECONDS) {
            const isMeantNow = isGrantedAt(grant, sub, at);
            seen.add(isMeantNow);
            expect({ sub, at, allowed: allows(policy, sub, at) }).toEqual({ sub, at, allowed: isMeantNow });
          }
      }),
      cases(8, 2_000),
    );
    expect(seen.size).toBe(2);
  });

  test("the policy of another grant is proven exactly if no token and no moment tells them apart", () => {
    const seen = { equal: 0, differs: 0 };
    fc.assert(
      fc.property(datedGrant, datedGrant, (grant, drawn) => {
        // Other refs, and everyone, can differ by tokens that are not in the small world.
        const other = { ...drawn, refs: grant.refs };
        fc.pre(grant.people.kind === other.people.kind);
        const proof = prove(written(other), grant);
        const isSame = subjects.every((sub) =>
          SECONDS.every((at) => isGrantedAt(grant, sub, at) === isGrantedAt(other, sub, at)),
        );
        seen[proof.result === "equal" ? "equal" : "differs"] += 1;
        expect(proof.result === "equal").toBe(isSame);
      }),
      cases(30, 10_000),
    );
    expect(seen.differs).toBeGreaterThan(2);
  });
});

describe("a policy with a wrong moment is not proven", () => {
  const grant = aGrant({
    people: listed(
      alice,
      { ...bob, periods: until(NEW_YEAR) },
      { ...carol, periods: [{ start: NEW_YEAR, end: LATER }] },
    ),
  });
  const policy = written(grant);
  type Condition = Written["Statement"][number]["Condition"];
  const changed = (at: number, change: (condition: Condition) => Condition): object => ({
    ...policy,
    Statement: policy.Statement.map((one, index) =>
      index === at ? { ...one, Condition: change(one.Condition) } : one,
    ),
  });
  const without =
    (operator: string) =>
    ({ [operator]: _, ...rest }: Condition): Condition =>
      rest;
  const saying =
    (operator: string, value: string) =>
    (condition: Condition): Condition => ({ ...condition, [operator]: { "aws:CurrentTime": value } });
  const under =
    (operator: string, other: string) =>
    ({ [operator]: keys = {}, ...rest }: Condition): Condition => ({ ...rest, [other]: keys });
  const swapped = (): object => {
    const dates = policy.Statement.map(({ Condition: { StringEquals: _, ...rest } }) => rest);
    return {
      ...policy,
      Statement: policy.Statement.map((one, at) => ({
        ...one,
        Condition: { StringEquals: one.Condition.StringEquals, ...dates[(at + 1) % dates.length] },
      })),
    };
  };

  test("the order: alice, who has no end; bob, who has one; carol, who has a start and an end", () => {
    expect(policy.Statement.map(({ Condition: { StringEquals: _, ...dates } }) => dates)).toEqual([
      {},
      { DateLessThan: { "aws:CurrentTime": NEW_YEAR } },
      { DateGreaterThanEquals: { "aws:CurrentTime": NEW_YEAR }, DateLessThan: { "aws:CurrentTime": LATER } },
    ]);
    expect(prove(policy, grant)).toEqual({ result: "equal" });
  });

  const bobs = v2({ user: bob.id });
  const carols = v2({ user: carol.id });
  test.each<[string, object, "wronglyAllowed" | "wronglyDenied", string]>([
    ["without bob's end", changed(1, without("DateLessThan")), "wronglyAllowed", bobs],
    ["without carol's start", changed(2, without("DateGreaterThanEquals")), "wronglyAllowed", carols],
    ["without carol's end", changed(2, without("DateLessThan")), "wronglyAllowed", carols],
    [
      "an end one second later",
      changed(1, saying("DateLessThan", "2027-01-01T00:00:01Z")),
      "wronglyAllowed",
      bobs,
    ],
    [
      "an end one second earlier",
      changed(1, saying("DateLessThan", "2026-12-31T23:59:59Z")),
      "wronglyDenied",
      bobs,
    ],
    [
      "an end that is allowed itself",
      changed(1, under("DateLessThan", "DateLessThanEquals")),
      "wronglyAllowed",
      bobs,
    ],
    [
      "a start that is denied itself",
      changed(2, under("DateGreaterThanEquals", "DateGreaterThan")),
      "wronglyDenied",
      carols,
    ],
    [
      "a start one second earlier",
      changed(2, saying("DateGreaterThanEquals", "2026-12-31T23:59:59Z")),
      "wronglyAllowed",
      carols,
    ],
    [
      "a start one second later",
      changed(2, saying("DateGreaterThanEquals", "2027-01-01T00:00:01Z")),
      "wronglyDenied",
      carols,
    ],
    ["an end for a person who has none", changed(0, saying("DateLessThan", NEW_YEAR)), "wronglyDenied", v2()],
    [
      "an end that holds only if the time is known",
      changed(1, under("DateLessThan", "DateLessThanIfExists")),
      "wronglyAllowed",
      bobs,
    ],
    ["the dates of each other's statements", swapped(), "wronglyDenied", v2()],
    [
      "an end in another zone",
      changed(1, saying("DateLessThan", "2027-01-01T00:00:00+09:00")),
      "wronglyDenied",
      bobs,
    ],
  ])("%s", (_, mutation, side, sub) => {
    const proof = prove(mutation, grant);
    const found = proof.result === "differs" ? proof[side] : undefined;
    expect(found?.claims.sub).toBe(sub);
    const time = found?.facts.find(({ key }) => key === "aws:CurrentTime")?.values;
    if (time === undefined || time === "absent") return;
    const at = String(time[0]);
    expect([allows(mutation, sub, at), isGrantedAt(grant, sub, at)]).toEqual(
      side === "wronglyAllowed" ? [true, false] : [false, true],
    );
  });

  test("the same end, written in another zone or in seconds, is proven", () => {
    expect(prove(changed(1, saying("DateLessThan", "2027-01-01T09:00:00+09:00")), grant)).toEqual({
      result: "equal",
    });
    expect(prove(changed(1, saying("DateLessThan", String(Date.parse(NEW_YEAR) / 1_000))), grant)).toEqual({
      result: "equal",
    });
  });

  test("a proof of one period is none of another", () => {
    const proven = new Set<string>();
    const other = aGrant({ people: listed(alice, { ...bob, periods: until(LATER) }) });
    const one = aGrant({ people: listed(alice, { ...bob, periods: until(NEW_YEAR) }) });
    const by = (text: object, of: Grant): string =>
      proveByShape(parsePolicy(JSON.stringify(text)), of, PROVIDER, proven).result;
    expect([
      by(written(one), one),
      by(written(one), other),
      by(written(other), one),
      by(written(other), other),
    ]).toEqual(["equal", "differs", "differs", "equal"]);
  });
});

describe("sizes", () => {
  /** Each person has an end of their own. */
  const apart = (count: number, branches: readonly string[]): Grant =>
    aGrant({
      people: listed(
        ...Array.from({ length: count }, (_, at) => ({
          name: `p${at}`,
          id: `${String(at).padStart(8, "0")}-93a4-4a39-8f3f-2d1f2f0c7a01`,
          periods: until(`2027-01-${String(at + 1).padStart(2, "0")}T00:00:00Z`),
        })),
      ),
      refs: refs({ branches }),
    });

  test.each([
    [3, ["main"], 2_048],
    [1, ["main", "staging", "production"], 2_048],
    [12, ["main"], 8_192],
  ])("%d ends with the branches %j fit in %d characters, and one more does not", (count, branches, quota) => {
    const size = (of: number): number => policySize(writeTrustPolicy(apart(of, branches), PROVIDER, quota));
    expect(size(count)).toBeLessThanOrEqual(quota);
    expect(size(count + 1)).toBeGreaterThan(quota);
  });
});
