import fc from "fast-check";
import { compilePolicy } from "../../../../lib/iam/evaluate/compile-policy";
import { decide } from "../../../../lib/iam/evaluate/decide";
import { matchPrincipals } from "../../../../lib/iam/evaluate/match-principals";
import { type Caller, requestKeys } from "../../../../lib/iam/evaluate/request";
import type { Policy, Statement } from "../../../../lib/iam/language/policy";
import { compareResourcePolicies } from "../../../../lib/iam/prove/requests/compare-resource-policies";
import { cases } from "../../automata/cases";
import { policyOf, type StatementJson } from "./write";

const ROLE = "arn:aws:iam::111111111111:role/path/one";
const SESSION = "arn:aws:sts::111111111111:assumed-role/one/ci";
const USER = "arn:aws:iam::111111111111:user/bob";
const ROOT = "arn:aws:iam::111111111111:root";

/**
 * Everybody in a world of three accounts: those whom policies can name, and their neighbours whom
 * they do not.
 */
const callers: readonly Caller[] = [
  { type: "Anonymous" },
  { type: "Service", name: "a.amazonaws.com" },
  { type: "Service", name: "b.amazonaws.com" },
  { type: "AWS", account: "111111111111", arn: SESSION, role: ROLE },
  { type: "AWS", account: "111111111111", arn: `${SESSION}2`, role: ROLE },
  { type: "AWS", account: "111111111111", arn: USER },
  { type: "AWS", account: "111111111111", arn: `${USER}by` },
  { type: "AWS", account: "111111111111", arn: ROOT },
  {
    type: "AWS",
    account: "111111111111",
    arn: "arn:aws:sts::111111111111:assumed-role/two/ci",
    role: "arn:aws:iam::111111111111:role/two",
  },
  {
    type: "AWS",
    account: "222222222222",
    arn: "arn:aws:sts::222222222222:assumed-role/one/ci",
    role: "arn:aws:iam::222222222222:role/path/one",
  },
  {
    type: "AWS",
    account: "333333333333",
    arn: "arn:aws:sts::333333333333:assumed-role/one/ci",
    role: "arn:aws:iam::333333333333:role/path/one",
  },
];
const resources = ["arn:aws:s3:::a/b", "arn:aws:s3:::a/c"];

const aws = fc.constantFrom(ROLE, SESSION, USER, ROOT, "111111111111", "222222222222", "*");
const principal = fc.oneof(
  { weight: 1, arbitrary: fc.constant("*") },
  { weight: 6, arbitrary: fc.array(aws, { minLength: 1, maxLength: 4 }).map((AWS) => ({ AWS })) },
  { weight: 1, arbitrary: fc.constant({ Service: "a.amazonaws.com" }) },
);
const listed = fc.uniqueArray(aws, { minLength: 1, maxLength: 4 }).map((AWS) => ({ AWS }));
const statement: fc.Arbitrary<StatementJson> = fc
  .tuple(
    fc.constantFrom("Allow" as const, "Deny" as const),
    fc.oneof(
      principal.map((Principal) => ({ Principal })),
      listed.map((NotPrincipal) => ({ NotPrincipal })),
    ),
    fc.constantFrom("arn:aws:s3:::a/*", "arn:aws:s3:::a/b"),
  )
  .map(([Effect, who, Resource]) => ({ Effect, ...who, Action: "s3:GetObject", Resource }));
const anyPolicy = fc.option(
  fc.array(statement, { minLength: 1, maxLength: 3 }).map((statements) => policyOf(...statements)),
  { freq: 9, nil: undefined },
);

/**
 * Whether AWS takes NotPrincipal with Allow for everybody who is not listed; it does not support
 * it, and says nothing more.
 */
type Reading = "everybody" | "nobody";

interface Said {
  readonly allows: boolean;
  readonly denies: boolean;
}

function saidBy(policy: Policy | undefined, caller: Caller, resource: string, reading: Reading): Said {
  const statements = (policy?.statements ?? []).flatMap((one) => readAs(one, caller, reading));
  if (policy === undefined || statements.length === 0) return { allows: false, denies: false };
  const request = { action: "s3:GetObject", resource, caller, keys: requestKeys([], "absent") };
  const { because } = decide(compilePolicy({ ...policy, statements }), request);
  expect(because).not.toBe("open");
  return { allows: because === "allow", denies: because === "explicit-deny" };
}

function readAs(statement: Statement, caller: Caller, reading: Reading): readonly Statement[] {
  const { effect, principals } = statement;
  if (effect === "Deny" || principals?.negated !== true) return [statement];
  if (reading === "nobody" || matchPrincipals(principals, effect, caller) === false) return [];
  const { path } = principals;
  return [
    { ...statement, principals: { path, negated: false, members: [{ path, type: "Everyone", text: "*" }] } },
  ];
}

/**
 * Whether a principal gains what it did not have: by the policy, or by its own policies, which only an AWS
 * caller has.
 */
function gainedBy(
  caller: Caller,
  resource: string,
  before: Policy | undefined,
  after: Policy | undefined,
): (reading: Reading) => boolean {
  return (reading) => {
    const [was, is] = [before, after].map((policy) => saidBy(policy, caller, resource, reading));
    if (was === undefined || is === undefined) return false;
    return (is.allows && !was.allows) || (caller.type === "AWS" && was.denies && !is.denies);
  };
}

/** Who has a permissions boundary and who has none, but for the root user, who cannot have one. */
const everyCaller = callers.flatMap((caller): readonly Caller[] => {
  if (caller.type !== "AWS") return [caller];
  return (caller.arn === ROOT ? [false] : [true, false]).map((hasBoundary) => ({ ...caller, hasBoundary }));
});

function isGained(
  before: Policy | undefined,
  after: Policy | undefined,
): { readonly surely: boolean; readonly perhaps: boolean } {
  const found = everyCaller.flatMap((caller) =>
    resources.map((resource) => {
      const by = gainedBy(caller, resource, before, after);
      return [by("everybody"), by("nobody")];
    }),
  );
  return {
    surely: found.some((readings) => readings.every((one) => one)),
    perhaps: found.some((readings) => readings.some((one) => one)),
  };
}

test("for a small set of callers, the comparison agrees with the decision for each caller", () => {
  const seen: Record<string, number> = {};
  fc.assert(
    fc.property(anyPolicy, anyPolicy, (before, after) => {
      const { relation, gained, lost } = compareResourcePolicies(before, after);
      seen[relation] = (seen[relation] ?? 0) + 1;
      for (const [found, real] of [
        [gained, isGained(before, after)],
        [lost, isGained(after, before)],
      ] as const) {
        // What is shown is so however AWS reads NotPrincipal with Allow; what may be is never
        // passed over.
        if (found !== undefined) expect(real.surely).toBe(true);
        else if (relation !== "unknown") expect(real.perhaps).toBe(false);
      }
    }),
    cases(300, 20_000),
  );
  for (const relation of ["same", "narrower", "broader", "both-ways", "unknown"])
    expect(seen[relation]).toBeGreaterThan(3);
});
