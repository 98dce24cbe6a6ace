import fc from "fast-check";
import { auditTrustPolicy, circleciProvidersIn, reachOf } from "../../../lib/iam/audit/audit-trust-policy";
import { ALLOWS_NO_TOKEN, type Finding, type FindingId } from "../../../lib/iam/audit/core/finding";
import type { Policy } from "../../../lib/iam/language/policy";
import { parsePolicy } from "../../../lib/iam/language/read-policy";
import { compare } from "../../../lib/iam/prove/tokens/compare";
import { findAllowed } from "../../../lib/iam/prove/tokens/find-allowed";
import { cases } from "../automata/cases";

const ORG = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
const PROJECT = "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03";
const HOST = `oidc.circleci.com/org/${ORG}`;
const OF_ACCOUNT = "arn:aws:iam::123456789012:oidc-provider";
const PROVIDER = `${OF_ACCOUNT}/${HOST}`;
const MAIN = `org/${ORG}/project/${PROJECT}/user/????????-????-????-????-????????????/vcs-origin/github.com/acme/site/vcs-ref/refs/heads/main`;

const ROOT = `${OF_ACCOUNT}/oidc.circleci.com`;
const JOB_ON_MAIN = new RegExp(
  `^org/${ORG}/project/${PROJECT}/user/.{36}/vcs-origin/github.com/acme/site/vcs-ref/refs/heads/main$`,
  "i",
);

/** Findings about tokens that are allowed. A policy that allows no token has none of them. */
const TOO_PERMISSIVE: ReadonlySet<FindingId> = new Set<FindingId>([
  "shared-root-issuer",
  "no-subject-condition",
  "negated-only",
  "project-wildcard",
  "project-wildcard-with-admin",
  "wildcard-past-field",
  "other-organizations",
  "condition-always-true",
  "origin-not-pinned",
  "tokens-without-origin",
  "audience-missing",
  "passes-without-key",
  "audit-log-subject",
  "audience-other",
]);

/** Mostly the right word, and as often as not a wrong one somewhere. */
const mostly = <T>(right: T, ...wrong: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(right) }, { weight: 2, arbitrary: fc.constantFrom(...wrong) });

const principal = mostly<unknown>(
  { Federated: PROVIDER },
  { Federated: `https://${HOST}` },
  { Federated: `${PROVIDER}/` },
  { Federated: PROVIDER.replace(ORG, "ORG_ID") },
  { Federated: [PROVIDER, `${OF_ACCOUNT}/token.actions.githubusercontent.com`] },
  { AWS: PROVIDER },
  { Service: "oidc.circleci.com" },
  {},
  "*",
);
const action = mostly<unknown>(
  "sts:AssumeRoleWithWebIdentity",
  "sts:AssumeRole",
  ["sts:AssumeRole", "sts:TagSession"],
  "sts:AssumeRole*",
);
const prefix = mostly(
  `${HOST}:`,
  `https://${HOST}:`,
  "",
  "oidc.circleci.com:",
  "token.actions.githubusercontent.com:",
  `oidc.circleci.com/org/${PROJECT}:`,
);
const claim = mostly("sub", "aud", "subject", "oidc.circleci.com/vcs-origin", "oidc.circleci.com/project-id");
const operator = mostly(
  "StringLike",
  "StringEquals",
  "StringNotLike",
  "StringEqualsIfExists",
  "ForAllValues:StringLike",
  "StringEqualsIgnoreCase",
);
const value = mostly(
  MAIN,
  ORG,
  MAIN.toUpperCase(),
  `org/${ORG}/*`,
  "org/ORG/project/PROJECT/user/*",
  "repo:acme/site:*",
  "*",
  "github.com/acme/site",
);
const condition = fc.record({ prefix, claim, operator, value });
const statement = fc
  .record({
    effect: mostly("Allow", "Deny"),
    principal,
    action,
    conditions: fc.array(condition, { minLength: 1, maxLength: 3 }),
  })
  .map(({ effect, principal: Principal, action: Action, conditions }) => {
    const Condition: Record<string, Record<string, string>> = {};
    for (const one of conditions) {
      Condition[one.operator] = { ...Condition[one.operator], [one.prefix + one.claim]: one.value };
    }
    return { Effect: effect, Principal, Action, Condition };
  });

const EXACT: readonly (readonly [operator: string, key: string, value: string])[] = [
  ["StringEquals", `${HOST}:aud`, ORG],
  ["StringLike", `${HOST}:sub`, MAIN],
];
/**
 * An exact statement in which something is wrong as often as not: most of them can be corrected.
 */
const almostExact = fc
  .record({
    principal: fc.oneof({ weight: 3, arbitrary: fc.constant({ Federated: PROVIDER }) }, principal),
    action,
    change: fc.option(condition),
    changed: fc.constantFrom(0, 1),
    parts: fc.constantFrom("operator", "key", "value", "all"),
  })
  .map(({ principal: Principal, action: Action, change, changed, parts }) => {
    const Condition: Record<string, Record<string, string>> = {};
    for (const [at, [operator, key, value]] of EXACT.entries()) {
      const is = (part: string): boolean => at === changed && (parts === part || parts === "all");
      const name = change !== null && is("operator") ? change.operator : operator;
      const named = change !== null && is("key") ? change.prefix + change.claim : key;
      Condition[name] = {
        ...Condition[name],
        [named]: change !== null && is("value") ? change.value : value,
      };
    }
    return { Effect: "Allow", Principal, Action, Condition };
  });
const document = fc.array(fc.oneof(statement, almostExact), { minLength: 1, maxLength: 3 });

/** The Allow applies to the provider that only the Deny names, and IAM rejects its key. */
const ALLOWED_BY_THE_OTHER_PROVIDER = [
  {
    Effect: "Deny",
    Principal: { Federated: `https://${HOST}` },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { [`${HOST}:sub`]: "x" } },
  },
  {
    Effect: "Allow",
    Principal: "*",
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringNotLike: { [`https://${HOST}:sub`]: "x" } },
  },
];

const [ASKING_EVERYONE, CORRECT] = [
  { "ForAllValues:StringLike": { [`${HOST}:sub`]: MAIN } },
  { StringLike: { [`${HOST}:sub`]: MAIN }, StringEquals: { [`${HOST}:aud`]: ORG } },
];
const OF_THE_SHARED_ISSUER = {
  Effect: "Allow",
  Principal: { Federated: PROVIDER },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: { StringEquals: { "oidc.circleci.com:sub": ORG } },
};
const ofEveryone = (Condition: object) => ({
  Effect: "Allow",
  Principal: "*",
  Action: "sts:AssumeRole",
  Condition,
});

/** With each kind of answer at least once, whatever is random. */
const EXAMPLES: [Parameters<typeof written>[0]][] = [
  [ALLOWED_BY_THE_OTHER_PROVIDER],
  [[OF_THE_SHARED_ISSUER, ofEveryone(ASKING_EVERYONE)]],
  [[OF_THE_SHARED_ISSUER, ofEveryone(CORRECT)]],
  [[{ ...OF_THE_SHARED_ISSUER, Condition: { StringLike: { [`${HOST}:sub`]: MAIN } } }]],
];

function written(Statement: readonly object[]): Policy {
  return parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement }));
}

test("a policy that allows no token has a finding with the reason, and no finding about allowed tokens", () => {
  const seen = { allows: 0, "allows-none": 0 };
  fc.assert(
    fc.property(document, (Statement) => {
      const policy = written(Statement);
      const reach = reachOf(policy);
      if (reach === "other-issuer" || reach === "not-decided") return;
      seen[reach] += 1;
      const found = auditTrustPolicy(policy);
      const ids = found.map(({ id }) => id);
      // IAM refuses a document with such a key as a whole, whatever its statements say.
      const isTaken = !JSON.stringify(Statement).includes(`"https://${HOST}:`);
      const isLetIn =
        isTaken && circleciProvidersIn(policy).some(({ arn }) => findAllowed(policy, arn).result === "found");
      expect(isLetIn).toBe(reach === "allows");
      if (!isLetIn) {
        expect(ids.filter((id) => TOO_PERMISSIVE.has(id))).toEqual([]);
        expect(ids.some((id) => ALLOWS_NO_TOKEN.has(id))).toBe(true);
        expect(found.filter(({ counterexample }) => counterexample !== undefined)).toEqual([]);
      }
      corrections.hold(policy, found);
    }),
    { ...cases(50, 20_000), examples: EXAMPLES },
  );
  for (const count of [...Object.values(seen), corrections.meant, corrections.narrower])
    expect(count).toBeGreaterThan(0);
});

/** What holds of every corrected policy, and how many of each kind there were. */
const corrections = {
  meant: 0,
  narrower: 0,
  hold(policy: Policy, found: readonly Finding[]): void {
    for (const { id, corrected } of found) {
      if (corrected === undefined) continue;
      const better = parsePolicy(corrected);
      expect(ownIds(found, auditTrustPolicy(better))).toEqual([]);
      const { relation, gained } = compare(policy, better, { providers: [ROOT] });
      if (!ALLOWS_NO_TOKEN.has(id)) {
        this.narrower += 1;
        expect(["narrower", "same"]).toContain(relation);
        continue;
      }
      this.meant += 1;
      expect(reachOf(better)).toBe("allows");
      // The job that the policies write, and no other.
      expect(relation).not.toBe("unknown");
      expect(gained?.claims.iss ?? `https://${HOST}`).toBe(`https://${HOST}`);
      expect(gained === undefined || JOB_ON_MAIN.test(gained.claims.sub ?? "")).toBe(true);
    }
  },
};

/** The ids that stand more often in the findings of the corrected policy. */
function ownIds(before: readonly Finding[], after: readonly Finding[]): readonly FindingId[] {
  const left = before.map(({ id }) => id);
  return after
    .map(({ id }) => id)
    .filter((id) => {
      // A Deny that the correction leaves; and tokens of any origin include those that name none.
      if (id === "deny-without-effect") return false;
      if (id === "tokens-without-origin" && left.includes("origin-not-pinned")) return false;
      const at = left.indexOf(id);
      if (at === -1) return true;
      left.splice(at, 1);
      return false;
    });
}
