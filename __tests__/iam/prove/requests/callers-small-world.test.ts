import fc from "fast-check";
import { remembered } from "../../../../lib/collections/remembered";
import { type CompiledPolicy, compilePolicy } from "../../../../lib/iam/evaluate/compile-policy";
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
type Reading = (typeof READINGS)[number];
const READINGS = ["everybody", "nobody"] as const;
const NO_KEYS = requestKeys([], "absent");

interface Said {
  readonly allows: boolean;
  readonly denies: boolean;
}
type SaidToAll = Readonly<Record<Reading, readonly Said[]>>;

function saidToAll(policy: Policy | undefined): SaidToAll {
  return { everybody: saidTo(policy, "everybody"), nobody: saidTo(policy, "nobody") };
}

/**
 * What a policy says to each caller about each resource, in the order of `everyCaller` and
 * `resources`.
 */
function saidTo(policy: Policy | undefined, reading: Reading): readonly Said[] {
  const judge = policy && judgeOf(policy, reading);
  return everyCaller.flatMap((caller) =>
    resources.map((resource) => judge?.(caller, resource) ?? { allows: false, denies: false }),
  );
}

/** Callers to whom the same statements apply are judged by the same compiled policy. */
function judgeOf(policy: Policy, reading: Reading): (caller: Caller, resource: string) => Said {
  const compiled = new Map<string, CompiledPolicy>();
  return (caller, resource) => {
    const read = policy.statements.map((one) => readAs(one, caller, reading));
    const statements = read.flat();
    if (statements.length === 0) return { allows: false, denies: false };
    const kept = read.map((some) => some.length).join();
    const said = remembered(compiled, kept, () => compilePolicy({ ...policy, statements }));
    const { because } = decide(said, { action: "s3:GetObject", resource, caller, keys: NO_KEYS });
    if (because === "open") throw new Error(`open for ${JSON.stringify(caller)}`);
    return { allows: because === "allow", denies: because === "explicit-deny" };
  };
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

/** Who has a permissions boundary and who has none, but for the root user, who cannot have one. */
const everyCaller = callers.flatMap((caller): readonly Caller[] => {
  if (caller.type !== "AWS") return [caller];
  return (caller.arn === ROOT ? [false] : [true, false]).map((hasBoundary) => ({ ...caller, hasBoundary }));
});

interface Gain {
  /** However AWS reads NotPrincipal with Allow. */
  readonly surely: boolean;
  readonly perhaps: boolean;
}

/**
 * Whether a principal gains what it did not have: by the policy, or by its own policies, which only
 * an AWS caller has.
 */
function gainOf(was: SaidToAll, is: SaidToAll): Gain {
  const callersAndResources = everyCaller.flatMap((caller) => resources.map(() => caller));
  const found = callersAndResources.map(({ type }, at) =>
    READINGS.map((reading) => {
      const [old, present] = [was[reading][at], is[reading][at]];
      if (old === undefined || present === undefined) throw new Error("each caller is told something");
      return (present.allows && !old.allows) || (type === "AWS" && old.denies && !present.denies);
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
      const [was, is] = [saidToAll(before), saidToAll(after)];
      for (const [found, real] of [
        [gained, gainOf(was, is)],
        [lost, gainOf(is, was)],
      ] as const) {
        // What is shown is so however AWS reads NotPrincipal with Allow; what may be is never
        // passed over.
        if (found !== undefined) expect(real.surely).toBe(true);
        else if (relation !== "unknown") expect(real.perhaps).toBe(false);
      }
    }),
    cases(200, 20_000),
  );
  for (const relation of ["same", "narrower", "broader", "both-ways", "unknown"])
    expect(seen[relation]).toBeGreaterThan(0);
});
