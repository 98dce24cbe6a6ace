import { compilePolicy } from "../../../lib/iam/evaluate/compile-policy";
import { decide } from "../../../lib/iam/evaluate/decide";
import { type Caller, requestKeys } from "../../../lib/iam/evaluate/request";
import { parsePolicy } from "../../../lib/iam/language/read-policy";
import { growthOfSteps } from "../../fixtures/count-steps";
import { decideOn } from "./decide-on";

const allow = { Effect: "Allow", Action: "s3:Get*", Resource: "arn:aws:s3:::bucket/*" };
const deny = { ...allow, Effect: "Deny" };

function policyOf(...statements: readonly object[]): object {
  return { Version: "2012-10-17", Statement: statements };
}

describe("explicit deny, then allow, then implicit deny", () => {
  test.each<[string, object, string, string | undefined]>([
    ["an Allow of the action and resource", policyOf(allow), "allow", "Statement[0]"],
    ["an Allow and a Deny of both", policyOf(allow, deny), "explicit-deny", "Statement[1]"],
    ["a Deny of another action", policyOf(allow, { ...deny, Action: "s3:Put*" }), "allow", "Statement[0]"],
    ["an Allow of another action", policyOf({ ...allow, Action: "s3:Put*" }), "implicit-deny", undefined],
    [
      "an Allow of the action in another case",
      policyOf({ ...allow, Action: "S3:getobject" }),
      "allow",
      "Statement[0]",
    ],
    [
      "an Allow of another resource",
      policyOf({ ...allow, Resource: "arn:aws:s3:::other/*" }),
      "implicit-deny",
      undefined,
    ],
    [
      "an Allow of the resource in another case",
      policyOf({ ...allow, Resource: "arn:aws:s3:::BUCKET/*" }),
      "implicit-deny",
      undefined,
    ],
    [
      "an Allow with NotAction that lists the action",
      policyOf({ ...allow, Action: undefined, NotAction: "s3:Get*" }),
      "implicit-deny",
      undefined,
    ],
    [
      "an Allow with NotAction that lists another action",
      policyOf({ ...allow, Action: undefined, NotAction: "s3:Put*" }),
      "allow",
      "Statement[0]",
    ],
    [
      "a Deny with NotResource that lists the resource",
      policyOf(allow, { ...deny, Resource: undefined, NotResource: "arn:aws:s3:::bucket/k*" }),
      "allow",
      "Statement[0]",
    ],
    [
      "a Deny with NotResource that lists another resource",
      policyOf(allow, { ...deny, Resource: undefined, NotResource: "arn:aws:s3:::bucket/l*" }),
      "explicit-deny",
      "Statement[1]",
    ],
  ])("%s", (_, policy, because, decidedBy) => {
    const decision = decideOn(policy);
    expect([decision.because, decision.decidedBy]).toEqual([because, decidedBy]);
    expect(decision.verdict).toBe(because === "allow" ? "allowed" : "denied");
  });
});

describe("a decision is unknown only where it depends on an open key", () => {
  const keys = requestKeys([], "open");
  const fromHome = { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } };

  test("an Allow that depends on an open key", () => {
    const { verdict, dependsOn } = decideOn(policyOf({ ...allow, Condition: fromHome }), { keys });
    expect([verdict, dependsOn]).toEqual(["unknown", ["aws:SourceIp"]]);
  });

  test("together with an Allow that does not", () => {
    expect(decideOn(policyOf({ ...allow, Condition: fromHome }, allow), { keys }).verdict).toBe("allowed");
  });

  test("a Deny that depends on an open key: with an Allow, alone, and with a Deny that does not", () => {
    const maybe = { ...deny, Condition: fromHome };
    expect(decideOn(policyOf(allow, maybe), { keys }).verdict).toBe("unknown");
    expect(decideOn(policyOf(maybe), { keys }).because).toBe("implicit-deny");
    expect(decideOn(policyOf(allow, maybe, deny), { keys }).because).toBe("explicit-deny");
  });

  test("a condition that fails in any case", () => {
    const Condition = { ...fromHome, StringEquals: { "aws:userid": "a" } };
    const known = requestKeys([["aws:userid", "b"]], "open");
    expect(decideOn(policyOf({ ...allow, Condition }), { keys: known }).because).toBe("implicit-deny");
  });

  test("a resource with an open variable", () => {
    const Resource = "arn:aws:s3:::bucket/${aws:username}";
    const { dependsOn } = decideOn(policyOf({ ...allow, Resource }), { keys });
    expect(dependsOn).toEqual(["aws:username"]);
  });
});

test("the reasons name each statement and condition, with the found values and the one that decided", () => {
  const Condition = { StringEquals: { "aws:userid": ["a", "b"] }, Bool: { "aws:SecureTransport": "true" } };
  const decision = decideOn(policyOf({ Sid: "Home", ...allow, Condition }), {
    keys: requestKeys([["aws:securetransport", "true"]], "absent"),
  });
  expect(decision.because).toBe("implicit-deny");
  expect(decision.statements).toEqual([
    {
      path: "Statement[0]",
      sid: "Home",
      effect: "Allow",
      applies: false,
      decidedBy: ['Statement[0].Condition.StringEquals["aws:userid"]'],
      parts: [
        {
          kind: "action",
          path: "Statement[0].Action",
          holds: true,
          found: ["s3:GetObject"],
          wanted: ["s3:Get*"],
        },
        {
          kind: "resource",
          path: "Statement[0].Resource",
          holds: true,
          found: ["arn:aws:s3:::bucket/key"],
          wanted: ["arn:aws:s3:::bucket/*"],
        },
        {
          kind: "condition",
          path: 'Statement[0].Condition.StringEquals["aws:userid"]',
          operator: "StringEquals",
          key: "aws:userid",
          holds: false,
          found: "absent",
          wanted: ["a", "b"],
        },
        {
          kind: "condition",
          path: 'Statement[0].Condition.Bool["aws:SecureTransport"]',
          operator: "Bool",
          key: "aws:SecureTransport",
          holds: true,
          found: ["true"],
          wanted: ["true"],
        },
      ],
    },
  ]);
});

describe("the principals of a statement", () => {
  const account = "123456789012";
  const role = `arn:aws:iam::${account}:role/deploy`;
  const session: Caller = {
    type: "AWS",
    account,
    role,
    arn: `arn:aws:sts::${account}:assumed-role/deploy/alice`,
  };
  const token: Caller = { type: "Federated", arn: `arn:aws:iam::${account}:oidc-provider/example.com` };
  const unsigned: Caller = { type: "Anonymous" };

  test.each<[what: string, principal: object, caller: Caller, verdict: string]>([
    ["everyone, for a session", { Principal: "*" }, session, "allowed"],
    ["everyone, for an unsigned request", { Principal: { AWS: "*" } }, unsigned, "allowed"],
    ["an account, for its session", { Principal: { AWS: account } }, session, "allowed"],
    [
      "an account by its root ARN, for its session",
      { Principal: { AWS: `arn:aws:iam::${account}:root` } },
      session,
      "allowed",
    ],
    ["another account, for a session", { Principal: { AWS: "210987654321" } }, session, "denied"],
    ["a role, for its session", { Principal: { AWS: role } }, session, "allowed"],
    ["another role", { Principal: { AWS: `${role}-2` } }, session, "denied"],
    ["the session itself", { Principal: { AWS: session.arn } }, session, "allowed"],
    [
      "another session of the role",
      { Principal: { AWS: session.arn.replace("alice", "bob") } },
      session,
      "denied",
    ],
    ["an account, for an unsigned request", { Principal: { AWS: account } }, unsigned, "denied"],
    ["a provider, for its token", { Principal: { Federated: token.arn } }, token, "allowed"],
    ["another provider, for a token", { Principal: { Federated: `${token.arn}/a` } }, token, "denied"],
    ["a provider, for a session", { Principal: { Federated: token.arn } }, session, "denied"],
    [
      "a service",
      { Principal: { Service: "ec2.amazonaws.com" } },
      { type: "Service", name: "ec2.amazonaws.com" },
      "allowed",
    ],
    [
      "another service",
      { Principal: { Service: "ec2.amazonaws.com" } },
      { type: "Service", name: "ecs.amazonaws.com" },
      "denied",
    ],
    ["a canonical user", { Principal: { CanonicalUser: "79a5" } }, session, "unknown"],
    [
      "NotPrincipal lists the account, the role and the session",
      { NotPrincipal: { AWS: [account, role, session.arn] } },
      session,
      "denied",
    ],
    ["NotPrincipal lists the role, but not its account", { NotPrincipal: { AWS: role } }, session, "denied"],
    ["NotPrincipal lists another role", { NotPrincipal: { AWS: `${role}-2` } }, session, "unknown"],
    [
      "NotPrincipal lists the provider, for its token",
      { NotPrincipal: { Federated: token.arn } },
      token,
      "denied",
    ],
    [
      "NotPrincipal lists another provider, for a token",
      { NotPrincipal: { Federated: `${token.arn}/a` } },
      token,
      "unknown",
    ],
    ["no Principal element, for a session", {}, session, "denied"],
    ["no Principal element, for a token", {}, token, "denied"],
    ["an empty Principal", { Principal: {} }, session, "denied"],
    ["an empty list of principals", { Principal: { AWS: [] } }, session, "denied"],
  ])("%s", (_, principal, caller, verdict) => {
    const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...principal };
    expect(decideOn(policyOf(statement), { caller }).verdict).toBe(verdict);
  });
});

describe("a Deny with NotPrincipal", () => {
  const account = "123456789012";
  const role = `arn:aws:iam::${account}:role/deploy`;
  const session = `arn:aws:sts::${account}:assumed-role/deploy/alice`;
  const everything = { Effect: "Allow", Action: "*", Resource: "*", Principal: "*" };
  const except = (...AWS: readonly string[]): object =>
    policyOf(everything, { Effect: "Deny", Action: "*", Resource: "*", NotPrincipal: { AWS } });

  test.each<[what: string, listed: readonly string[], hasBoundary: boolean | undefined, verdict: string]>([
    ["does not deny a listed account, role and session", [account, role, session], false, "allowed"],
    ["denies them if they have a permissions boundary", [account, role, session], true, "denied"],
    ["is undetermined if the boundary is unknown", [account, role, session], undefined, "unknown"],
    ["denies a role listed without its account", [role, session], false, "denied"],
  ])("%s", (_, listed, hasBoundary, verdict) => {
    const caller: Caller = {
      type: "AWS",
      account,
      role,
      arn: session,
      ...(hasBoundary === undefined ? {} : { hasBoundary }),
    };
    expect(decideOn(except(...listed), { caller }).verdict).toBe(verdict);
  });

  test("an unknown answer names what it depends on", () => {
    const caller: Caller = { type: "AWS", account, role, arn: session };
    expect(decideOn(except(account, role, session), { caller }).dependsOn).toEqual([
      "the permissions boundary of the principal",
    ]);
    const statement = { ...everything, Principal: undefined, NotPrincipal: { AWS: "210987654321" } };
    expect(decideOn(policyOf(statement), { caller }).dependsOn).toEqual([
      "NotPrincipal with Allow, which AWS does not support",
    ]);
  });
});

test("an incomplete ARN in a policy that is not identity-based is unknown", () => {
  const decision = decideOn(policyOf({ ...allow, Resource: "arn:aws:s3" }));
  expect([decision.verdict, decision.dependsOn]).toEqual(["unknown", ["the incomplete ARN arn:aws:s3"]]);
});

test("a policy of 6,144 stars and question marks is decided within bounds", () => {
  const withPairs = (pairs: number) => {
    const Condition = { StringLike: { "aws:userid": "*?".repeat(pairs) } };
    return compilePolicy(parsePolicy(JSON.stringify(policyOf({ ...allow, Condition }))));
  };
  const verdictOf = (compiled: ReturnType<typeof withPairs>, length: number) => {
    const keys = requestKeys([["aws:userid", "a".repeat(length)]], "absent");
    return decide(compiled, { action: "s3:GetObject", resource: "arn:aws:s3:::bucket/key", keys }).verdict;
  };
  const compiled = withPairs(3_072);
  expect([3_071, 3_072, 6_144].map((length) => verdictOf(compiled, length))).toEqual([
    "denied",
    "allowed",
    "allowed",
  ]);
  const known = new Map([256, 512].map((pairs) => [pairs, withPairs(pairs)]));
  const decideOf = (pairs: number) => verdictOf(known.get(pairs) ?? withPairs(pairs), 2 * pairs);
  expect(growthOfSteps(256, decideOf)).toBeLessThan(4.5);
});
