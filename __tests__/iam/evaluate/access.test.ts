import { type AccessPolicies, compileAccess } from "../../../lib/iam/evaluate/access";
import { type Caller, requestKeys } from "../../../lib/iam/evaluate/request";
import type { Policy } from "../../../lib/iam/language/policy";
import { parsePolicy } from "../../../lib/iam/language/read-policy";

const ACCOUNT = "123456789012";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/deploy`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/alice`;
const caller: Caller = { type: "AWS", account: ACCOUNT, role: ROLE, arn: SESSION };

function policyOf(...statements: readonly object[]): Policy {
  return parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
}

const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::bucket/*" };
const allow = policyOf(statement);
const deny = policyOf({ ...statement, Effect: "Deny" });
const silent = policyOf({ ...statement, Action: "s3:PutObject" });
const bucket = (AWS: string, change: object = {}): Policy =>
  policyOf({ ...statement, Principal: { AWS }, ...change });

function verdictOf(policies: Partial<AccessPolicies>): string {
  const decideCall = compileAccess({ identity: [], ...policies }, caller);
  const { verdict, because } = decideCall({
    action: "s3:GetObject",
    resource: "arn:aws:s3:::bucket/key",
    keys: requestKeys([], "open"),
  });
  return verdict === "denied" ? because : verdict;
}

describe("a call within one account", () => {
  test.each<[what: string, policies: Partial<AccessPolicies>, verdict: string]>([
    ["no policy", {}, "implicit-deny"],
    ["an identity policy", { identity: [silent, allow] }, "allowed"],
    ["identity policies for another action", { identity: [silent] }, "implicit-deny"],
    ["an identity policy that allows and one that denies", { identity: [allow, deny] }, "explicit-deny"],
    ["allowed by the boundary too", { identity: [allow], boundary: allow }, "allowed"],
    ["not allowed by the boundary", { identity: [allow], boundary: silent }, "implicit-deny"],
    ["a boundary alone", { boundary: allow }, "implicit-deny"],
    ["allowed by the session policy too", { identity: [allow], session: [allow] }, "allowed"],
    ["not allowed by the session policy", { identity: [allow], session: [silent] }, "implicit-deny"],
    ["a session policy alone", { session: [allow] }, "implicit-deny"],
    ["denied by the session policy", { identity: [allow], session: [deny] }, "explicit-deny"],
    ["the bucket names the role", { resource: bucket(ROLE) }, "allowed"],
    ["the bucket names another role", { resource: bucket(`${ROLE}-2`) }, "implicit-deny"],
    [
      "the bucket names the role, and the boundary does not allow",
      { resource: bucket(ROLE), boundary: silent },
      "implicit-deny",
    ],
    [
      "the bucket names the session, and neither boundary nor session policy allows",
      { resource: bucket(SESSION), boundary: silent, session: [silent] },
      "allowed",
    ],
    [
      "the bucket names another session of the role",
      { resource: bucket(SESSION.replace("alice", "bob")) },
      "implicit-deny",
    ],
    [
      "the bucket names the session, and the boundary denies",
      { resource: bucket(SESSION), boundary: deny },
      "explicit-deny",
    ],
    [
      "the bucket names the account, and no identity policy allows",
      { resource: bucket(ACCOUNT) },
      "implicit-deny",
    ],
    [
      "the bucket names the account, and an identity policy allows",
      { resource: bucket(ACCOUNT), identity: [allow] },
      "allowed",
    ],
    ["the bucket policy allows everyone", { resource: bucket("*") }, "allowed"],
    [
      "the bucket policy allows everyone, and the boundary does not",
      { resource: bucket("*"), boundary: silent },
      "implicit-deny",
    ],
    [
      "the bucket policy denies everyone",
      { resource: bucket("*", { Effect: "Deny" }), identity: [allow] },
      "explicit-deny",
    ],
    [
      "the bucket policy denies requests without TLS, and whether this one has TLS is open",
      {
        resource: bucket("*", { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
        identity: [allow],
      },
      "unknown",
    ],
    [
      "the same, and no policy allows the request",
      { resource: bucket("*", { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }) },
      "implicit-deny",
    ],
  ])("%s", (_, policies, verdict) => {
    expect(verdictOf(policies)).toBe(verdict);
  });

  const incomplete = policyOf({ ...statement, Resource: "arn:aws:s3" });
  const everything = policyOf({ Effect: "Allow", Action: "*", Resource: "*" });
  const exceptUs = policyOf({
    ...statement,
    Effect: "Deny",
    NotPrincipal: { AWS: [ACCOUNT, ROLE, SESSION] },
  });

  test.each<[what: string, policies: Partial<AccessPolicies>, verdict: string]>([
    ["an incomplete ARN in an identity policy", { identity: [incomplete] }, "allowed"],
    [
      "an incomplete ARN of another service",
      { identity: [policyOf({ ...statement, Resource: "arn:aws:sqs" })] },
      "implicit-deny",
    ],
    [
      "everything but an incomplete ARN",
      { identity: [policyOf({ ...statement, Resource: undefined, NotResource: "arn:aws:s3" })] },
      "implicit-deny",
    ],
    ["an incomplete ARN in the boundary", { identity: [allow], boundary: incomplete }, "allowed"],
    ["an incomplete ARN in a session policy", { identity: [allow], session: [incomplete] }, "unknown"],
    [
      "an incomplete ARN in the policy of the bucket",
      { resource: bucket(ROLE, { Resource: "arn:aws:s3" }) },
      "unknown",
    ],
    [
      "an ARN whose last field is empty: the guide does not define whether it is incomplete",
      { identity: [policyOf({ ...statement, Resource: "arn:aws:s3:" })] },
      "unknown",
    ],
    [
      "a Deny with NotPrincipal that lists the caller",
      { identity: [everything], resource: exceptUs },
      "allowed",
    ],
    [
      "the same, and a boundary",
      { identity: [everything], boundary: everything, resource: exceptUs },
      "explicit-deny",
    ],
    [
      "the bucket policy has an Allow with NotPrincipal that lists the role",
      { resource: policyOf({ ...statement, NotPrincipal: { AWS: ROLE } }) },
      "implicit-deny",
    ],
    [
      "the bucket policy has an Allow with NotPrincipal that lists another role",
      { resource: policyOf({ ...statement, NotPrincipal: { AWS: `${ROLE}-2` } }) },
      "unknown",
    ],
    ["the bucket policy has an Allow without a principal", { resource: allow }, "implicit-deny"],
    ["the bucket policy has a Deny without a principal", { identity: [allow], resource: deny }, "allowed"],
  ])("%s", (_, policies, verdict) => {
    expect(verdictOf(policies)).toBe(verdict);
  });

  test("returns the decision of each policy", () => {
    const decideCall = compileAccess({ identity: [allow], boundary: silent }, caller);
    const { by } = decideCall({
      action: "s3:GetObject",
      resource: "arn:aws:s3:::bucket/key",
      keys: requestKeys([], "absent"),
    });
    expect(by.map(({ kind, decision }) => [kind, decision.because])).toEqual([
      ["identity", "allow"],
      ["boundary", "implicit-deny"],
    ]);
  });
});
