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
    ["no policy at all", {}, "implicit-deny"],
    ["an identity policy", { identity: [silent, allow] }, "allowed"],
    ["identity policies that speak of something else", { identity: [silent] }, "implicit-deny"],
    ["one that allows and one that denies", { identity: [allow, deny] }, "explicit-deny"],
    ["within the boundary", { identity: [allow], boundary: allow }, "allowed"],
    ["beyond the boundary", { identity: [allow], boundary: silent }, "implicit-deny"],
    ["a boundary that gives nothing by itself", { boundary: allow }, "implicit-deny"],
    ["within the session policy", { identity: [allow], session: [allow] }, "allowed"],
    ["beyond the session policy", { identity: [allow], session: [silent] }, "implicit-deny"],
    ["a session policy that gives nothing by itself", { session: [allow] }, "implicit-deny"],
    ["denied by the session policy", { identity: [allow], session: [deny] }, "explicit-deny"],
    ["the bucket names the role", { resource: bucket(ROLE) }, "allowed"],
    ["the bucket names another role", { resource: bucket(`${ROLE}-2`) }, "implicit-deny"],
    [
      "the bucket names the role, beyond the boundary",
      { resource: bucket(ROLE), boundary: silent },
      "implicit-deny",
    ],
    [
      "the bucket names the session, beyond boundary and session policy",
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
      "the bucket names the account, and nobody of it is allowed",
      { resource: bucket(ACCOUNT) },
      "implicit-deny",
    ],
    [
      "the bucket names the account, and an identity policy allows",
      { resource: bucket(ACCOUNT), identity: [allow] },
      "allowed",
    ],
    ["the bucket names everybody", { resource: bucket("*") }, "allowed"],
    [
      "the bucket names everybody, beyond the boundary",
      { resource: bucket("*"), boundary: silent },
      "implicit-deny",
    ],
    [
      "the bucket denies everybody",
      { resource: bucket("*", { Effect: "Deny" }), identity: [allow] },
      "explicit-deny",
    ],
    [
      "the bucket denies what is not sent over TLS, and that is open",
      {
        resource: bucket("*", { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
        identity: [allow],
      },
      "unknown",
    ],
    [
      "the same where nothing is allowed anyway",
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
      "an ARN whose last field is empty, of which the guide does not say whether it is missing",
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
      "an Allow of everybody but the role, in the policy of the bucket",
      { resource: policyOf({ ...statement, NotPrincipal: { AWS: ROLE } }) },
      "implicit-deny",
    ],
    [
      "an Allow of everybody but another role",
      { resource: policyOf({ ...statement, NotPrincipal: { AWS: `${ROLE}-2` } }) },
      "unknown",
    ],
    ["the bucket names nobody", { resource: allow }, "implicit-deny"],
    ["the bucket denies nobody", { identity: [allow], resource: deny }, "allowed"],
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
