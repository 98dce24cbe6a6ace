import fc from "fast-check";
import { auditTrustPolicy, circleciProvidersIn, reachOf } from "../../../lib/iam/audit/audit-trust-policy";
import { ALLOWS_NO_TOKEN, type FindingId } from "../../../lib/iam/audit/core/finding";
import { parsePolicy } from "../../../lib/iam/language/read-policy";
import { findAllowed } from "../../../lib/iam/prove/tokens/find-allowed";
import { cases } from "../automata/cases";

const ORG = "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11";
const PROJECT = "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03";
const HOST = `oidc.circleci.com/org/${ORG}`;
const OF_ACCOUNT = "arn:aws:iam::123456789012:oidc-provider";
const PROVIDER = `${OF_ACCOUNT}/${HOST}`;
const MAIN = `org/${ORG}/project/${PROJECT}/user/????????-????-????-????-????????????/vcs-origin/github.com/acme/site/vcs-ref/refs/heads/main`;

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
const document = fc.array(statement, { minLength: 1, maxLength: 3 });

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

test("a policy that allows no token has a finding with the reason, and no finding about allowed tokens", () => {
  const seen = { allows: 0, "allows-none": 0, corrected: 0 };
  fc.assert(
    fc.property(document, (Statement) => {
      const policy = parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement }));
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
      for (const { id, corrected } of found) {
        if (corrected === undefined || !ALLOWS_NO_TOKEN.has(id)) continue;
        seen.corrected += 1;
        const better = parsePolicy(corrected);
        expect(reachOf(better)).toBe("allows");
        if (!isLetIn)
          expect(auditTrustPolicy(better).filter(({ severity }) => severity === "high")).toEqual([]);
      }
    }),
    { ...cases(120, 10_000), examples: [[ALLOWED_BY_THE_OTHER_PROVIDER]] },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
});
