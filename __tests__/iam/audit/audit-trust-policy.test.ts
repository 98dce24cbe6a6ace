import fc from "fast-check";
import { acceptsTokensWithoutOrigin } from "../../../lib/config/model/grants";
import type { Grant, RefPattern } from "../../../lib/config/model/model";
import { refRule } from "../../../lib/config/rules/git-ref";
import { auditTrustPolicy } from "../../../lib/iam/audit/audit-trust-policy";
import type { AuditContext } from "../../../lib/iam/audit/core/context";
import type { Finding, FindingId } from "../../../lib/iam/audit/core/finding";
import { providerArn } from "../../../lib/iam/language/arns";
import { printPolicy } from "../../../lib/iam/language/document";
import { parsePolicy } from "../../../lib/iam/language/read-policy";
import { writeTrustPolicy } from "../../../lib/iam/write/trust/trust-policy";
import { parseSubject } from "../../../lib/token/parse-subject";
import { alice, anAccount, organization, PROJECT_ID, REPOSITORY } from "../../fixtures/access";
import { anyGrant, exactGrant } from "../arbitraries";
import { cases } from "../automata/cases";
import { contextOf } from "../prove/tokens/confirm";
import { type ConditionJson, judgeOf, type PolicyJson, type StatementJson } from "../prove/tokens/reference";

const ORG = organization.id;
const PROVIDER = providerArn(anAccount(), { organization: ORG });
const HOST = `oidc.circleci.com/org/${ORG}`;
const ROOT = PROVIDER.replace(HOST, "oidc.circleci.com");
const ANYONE = "????????-????-????-????-????????????";
const [SUB, AUD] = [`${HOST}:sub`, `${HOST}:aud`];
const JOB = `org/${ORG}/project/${PROJECT_ID}/user`;
const MAIN = `vcs-origin/${REPOSITORY}/vcs-ref/refs/heads/main`;

function statement(condition: ConditionJson, differences: Partial<StatementJson> = {}): StatementJson {
  return {
    Effect: "Allow",
    Principal: { Federated: PROVIDER },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: condition,
    ...differences,
  };
}

function policyOf(...statements: readonly StatementJson[]): PolicyJson {
  return { Version: "2012-10-17", Statement: statements };
}

function audit(policy: PolicyJson, context?: AuditContext): readonly Finding[] {
  const findings = auditTrustPolicy(parsePolicy(JSON.stringify(policy)), context);
  // The reference implementation allows every token that is shown.
  const judge = judgeOf(policy);
  for (const { counterexample } of findings) {
    if (counterexample !== undefined)
      expect(judge(counterexample.provider, contextOf(counterexample))).toBe(true);
  }
  return findings;
}

function idsOf(policy: PolicyJson, context?: AuditContext): readonly FindingId[] {
  return audit(policy, context).map(({ id }) => id);
}

/** A policy that asks for the audience, and this of the subject. */
function asking(subject: string | readonly string[], operator = "StringLike"): PolicyJson {
  const audience = { [AUD]: ORG };
  const own = { [SUB]: subject };
  if (operator === "StringEquals") return policyOf(statement({ StringEquals: { ...audience, ...own } }));
  return policyOf(statement({ StringEquals: audience, [operator]: own }));
}

/** access.yaml lets no other names in, and of those no token can have CircleCI's ref. */
function hasGitNames({ refs }: Grant): boolean {
  if (refs.kind === "any") return true;
  const isName = (kind: "branch" | "tag", pattern: RefPattern): boolean =>
    pattern.kind === "exact"
      ? !pattern.name.endsWith("*") && refRule(kind)(pattern.name) === undefined
      : refRule(kind)(`${pattern.prefix}*`) === undefined;
  return refs.branches.every((one) => isName("branch", one)) && refs.tags.every((one) => isName("tag", one));
}

const exact = asking(`${JOB}/${ANYONE}/${MAIN}`);

describe("an exact policy has only the finding that follows from its role's settings", () => {
  test("one person or everyone on one branch of one repository", () => {
    expect(idsOf(exact)).toEqual([]);
    expect(idsOf(asking(`${JOB}/${alice.id}/${MAIN}`, "StringEquals"))).toEqual([]);
  });

  test("every policy that this project writes, for any grant in any form", () => {
    fc.assert(
      fc.property(fc.oneof(anyGrant, exactGrant).filter(hasGitNames), (grant) => {
        const policy = parsePolicy(printPolicy(writeTrustPolicy(grant, PROVIDER, 2_048)));
        const context = { organization: ORG, projects: [grant.project], audiences: [grant.audience] };
        const found = auditTrustPolicy(policy, context).map(({ id, severity }) => [id, severity]);
        expect(found).toEqual(acceptsTokensWithoutOrigin(grant) ? [["tokens-without-origin", "medium"]] : []);
      }),
      cases(10, 2_000),
    );
  });
});

describe("the branch pin in CircleCI's documentation can be bypassed", () => {
  const documented = asking(`${JOB}/*/vcs-origin/github.com/my-org/*/vcs-ref/refs/heads/main`);

  test("its finding shows a branch that bypasses the pin, and git accepts the name", () => {
    const [found] = audit(documented).filter(({ id }) => id === "wildcard-past-field");
    expect(found?.path).toBe(`Statement[0].Condition.StringLike["${SUB}"]`);
    const subject = parseSubject(found?.counterexample?.claims.sub ?? "");
    if (subject?.kind !== "job" || subject.source === undefined) throw new Error("no subject of a job");
    expect(subject.source.ref).toMatch(/^refs\/heads\/(?:.+\/)?vcs-ref\/refs\/heads\/main$/);
  });

  test("so can one with the whole repository and a star for the user; 36 question marks cannot be bypassed", () => {
    expect(idsOf(asking(`${JOB}/*/${MAIN}`))).toContain("wildcard-past-field");
    expect(idsOf(exact)).toEqual([]);
  });

  test("a star at the end does not bypass the pin", () => {
    expect(idsOf(asking(`${JOB}/${ANYONE}/${MAIN.replace("main", "release/*")}`))).toEqual([]);
  });
});

describe("each finding, and the most similar policy without it", () => {
  const subject = { StringLike: { [SUB]: `${JOB}/${ANYONE}/${MAIN}` } };
  const audience = { StringEquals: { [AUD]: ORG } };

  test.each<[id: FindingId, policy: PolicyJson, without: PolicyJson]>([
    ["no-subject-condition", policyOf(statement(audience)), exact],
    ["negated-only", asking(`org/${ORG}/project/${PROJECT_ID}/*`, "StringNotLike"), exact],
    ["project-wildcard", asking(`org/${ORG}/project/*/user/${ANYONE}/${MAIN}`), exact],
    ["project-wildcard", asking(`org/${ORG}/*`), exact],
    ["audit-log-subject", asking(`org/${ORG}/*`), asking(`org/${ORG}/project/*`)],
    [
      "origin-not-pinned",
      asking(`${JOB}/*`),
      asking([`${JOB}/${ANYONE}`, `${JOB}/${ANYONE}/vcs-origin/${REPOSITORY}/vcs-ref/*`]),
    ],
    [
      "origin-not-pinned",
      asking(`${JOB}/${ANYONE}/vcs-origin/github.com/*/shop/vcs-ref/*`),
      asking(`${JOB}/${ANYONE}/vcs-origin/github.com/acme/shop/vcs-ref/*`),
    ],
    [
      "origin-not-pinned",
      asking(`${JOB}/${ANYONE}/vcs-origin/*/vcs-ref/refs/tags/v1`),
      asking(`${JOB}/${ANYONE}/vcs-origin/${REPOSITORY}/vcs-ref/refs/tags/v1`),
    ],
    [
      "origin-not-pinned",
      asking(`${JOB}/${ANYONE}/vcs-origin/git.acme.example/*/vcs-ref/refs/heads/main`),
      asking(`${JOB}/${ANYONE}/vcs-origin/git.acme.example/acme/*`),
    ],
    [
      "tokens-without-origin",
      asking([`${JOB}/${ANYONE}`, `${JOB}/${ANYONE}/vcs-origin/${REPOSITORY}/vcs-ref/*`]),
      asking(`${JOB}/${ANYONE}/vcs-origin/${REPOSITORY}/vcs-ref/*`),
    ],
    [
      "tokens-without-origin",
      asking(`${JOB}/${alice.id}`, "StringEquals"),
      asking(`${JOB}/${alice.id}/${MAIN}`, "StringEquals"),
    ],
    ["audience-missing", policyOf(statement(subject)), exact],
    [
      "audience-other",
      policyOf(statement({ ...subject, StringEquals: { [AUD]: "sts.amazonaws.com" } })),
      exact,
    ],
    [
      "shared-root-issuer",
      policyOf(
        statement(
          { StringEquals: { "oidc.circleci.com:aud": ORG, "oidc.circleci.com:sub": `${JOB}/${alice.id}` } },
          { Principal: { Federated: ROOT } },
        ),
      ),
      exact,
    ],
    [
      "other-organizations",
      policyOf(
        statement({ StringLike: { "oidc.circleci.com:sub": "org/*" } }, { Principal: { Federated: ROOT } }),
      ),
      policyOf(
        statement(
          { StringLike: { "oidc.circleci.com:sub": `org/${ORG}/*` } },
          { Principal: { Federated: ROOT } },
        ),
      ),
    ],
    [
      "condition-never-true",
      policyOf(
        statement({ ...audience, ...subject, Bool: { [`${HOST}:oidc.circleci.com/ssh-rerun`]: "false" } }),
      ),
      exact,
    ],
    [
      "condition-always-true",
      policyOf(
        statement({
          ...audience,
          ...subject,
          StringNotEquals: { [`${HOST}:oidc.circleci.com/vcs-ref`]: "refs/heads/dev" },
        }),
      ),
      exact,
    ],
    [
      "condition-always-true",
      policyOf(
        statement({
          ...audience,
          ...subject,
          StringEqualsIfExists: { [`${HOST}:oidc.circleci.com/vcs-ref`]: "refs/heads/main" },
        }),
      ),
      exact,
    ],
    ["passes-without-key", asking(`${JOB}/${ANYONE}/${MAIN}`, "StringLikeIfExists"), exact],
    [
      "passes-without-key",
      asking(`${JOB}/${ANYONE}/${MAIN}`, "ForAllValues:StringLike"),
      asking(`${JOB}/${ANYONE}/${MAIN}`, "ForAnyValue:StringLike"),
    ],
    [
      "subject-never-issued",
      asking([`${JOB}/${ANYONE}/${MAIN}`, `project/${PROJECT_ID}/user/${alice.id}`]),
      exact,
    ],
    [
      "deny-without-effect",
      policyOf(
        ...exact.Statement,
        statement({ StringEquals: { [`${HOST}:oidc.circleci.com/ssh-rerun`]: "true" } }, { Effect: "Deny" }),
      ),
      policyOf(
        ...exact.Statement,
        statement({ StringLike: { [SUB]: `*/user/${alice.id}/*` } }, { Effect: "Deny" }),
      ),
    ],
    [
      "others-let-in",
      policyOf(
        ...exact.Statement,
        statement(
          { Bool: { "aws:MultiFactorAuthPresent": "true" } },
          { Principal: { AWS: "123456789012" }, Action: "sts:AssumeRole" },
        ),
      ),
      exact,
    ],
    ["policy-not-decided", asking(`${JOB}/\${aws:username}/${MAIN}`), exact],
  ])("%s", (id, policy, without) => {
    expect(idsOf(policy)).toContain(id);
    expect(idsOf(without)).not.toContain(id);
  });

  describe("everyone-let-in: a principal of any account can assume the role", () => {
    const everyone = (condition?: ConditionJson, differences: Partial<StatementJson> = {}): PolicyJson => {
      const { Condition: _, ...open } = statement({}, { Principal: "*", Action: "sts:AssumeRole" });
      return policyOf(...exact.Statement, {
        ...open,
        ...(condition === undefined ? {} : { Condition: condition }),
        ...differences,
      } as StatementJson);
    };
    const like = (key: string, value: string): ConditionJson => ({ StringLike: { [key]: value } });

    test.each<[name: string, open: PolicyJson, nearest: PolicyJson]>([
      [
        "all principals, and one account",
        everyone(),
        everyone(undefined, { Principal: { AWS: "123456789012" } }),
      ],
      [
        "all principals of AWS",
        everyone(undefined, { Principal: { AWS: "*" } }),
        everyone(like("aws:PrincipalAccount", "123456789012")),
      ],
      [
        "a subject that a missing key satisfies",
        everyone({ "ForAllValues:StringLike": { [SUB]: `${JOB}/*` } }),
        everyone({ StringLike: { [SUB]: `${JOB}/*` } }),
      ],
      [
        "any organization, and one",
        everyone(like("aws:PrincipalOrgID", "o-*")),
        everyone(like("aws:PrincipalOrgID", "o-abcdefghij")),
      ],
      [
        "a role's name in any account, and in one",
        everyone(like("aws:PrincipalArn", "arn:aws:iam::*:role/deploy*")),
        everyone(like("aws:PrincipalArn", "arn:aws:iam::123456789012:role/deploy*")),
      ],
      [
        "any external ID, and one",
        everyone(like("sts:ExternalId", "*")),
        everyone(like("sts:ExternalId", "0b6ad1c5")),
      ],
      [
        "any address, and a network",
        everyone({ IpAddress: { "aws:SourceIp": "0.0.0.0/0" } }),
        everyone({ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }),
      ],
      [
        "another action",
        everyone(undefined, { Action: "sts:*" }),
        everyone(undefined, { Action: "sts:TagSession" }),
      ],
      [
        "a tag that callers choose",
        everyone(like("aws:PrincipalTag/team", "deploy")),
        everyone({
          ...like("aws:PrincipalTag/team", "deploy"),
          StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" },
        }),
      ],
      [
        "tokens of every issuer, and of one",
        everyone(
          { "ForAllValues:StringLike": { [SUB]: `${JOB}/*` } },
          { Action: "sts:AssumeRoleWithWebIdentity" },
        ),
        everyone({ StringLike: { [SUB]: `${JOB}/*` } }, { Action: "sts:AssumeRoleWithWebIdentity" }),
      ],
      [
        "a Deny of another organization, and of all others",
        policyOf(
          ...everyone().Statement,
          statement(like("aws:PrincipalOrgID", "o-klmnopqrst"), {
            Effect: "Deny",
            Principal: "*",
            Action: "*",
          }),
        ),
        policyOf(
          ...everyone().Statement,
          statement(
            { StringNotEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } },
            { Effect: "Deny", Principal: "*", Action: "*" },
          ),
        ),
      ],
    ])("%s", (_name, open, nearest) => {
      const found = auditTrustPolicy(parsePolicy(JSON.stringify(open)));
      expect(found.find(({ id }) => id === "everyone-let-in")?.severity).toBe("high");
      const others = auditTrustPolicy(parsePolicy(JSON.stringify(nearest))).map(({ id }) => id);
      expect(others).not.toContain("everyone-let-in");
    });
  });

  test("the context of a policy: exchanged ids, another organization, two providers, an administrator", () => {
    const swapped = asking(`org/${ORG}/project/${alice.id}/user/${ANYONE}/${MAIN}`);
    expect(idsOf(swapped, { people: [alice.id] })).toContain("misplaced-id");
    expect(idsOf(exact, { people: [alice.id] })).toEqual([]);
    expect(idsOf(exact, { organizations: [alice.id] })).toEqual(["other-organizations"]);
    expect(idsOf(exact, { providers: [PROVIDER, `${PROVIDER}/`] })).toEqual(["duplicate-provider"]);
    expect(idsOf(exact, { providers: [PROVIDER] })).toEqual([]);
    expect(idsOf(asking(`org/${ORG}/*`), { isAdmin: () => true })).toContain("project-wildcard-with-admin");
    expect(idsOf(exact, { isAdmin: () => true })).toEqual([]);
  });

  test("a policy that does not trust CircleCI", () => {
    expect(
      idsOf(
        policyOf(
          statement(
            { Bool: { "aws:MultiFactorAuthPresent": "true" } },
            { Principal: { AWS: "123456789012" } },
          ),
        ),
      ),
    ).toEqual([]);
  });
});

describe("a corrected policy", () => {
  const mended = (policy: PolicyJson, id: FindingId): unknown => {
    const text = audit(policy).find((one) => one.id === id)?.corrected;
    return text === undefined ? undefined : JSON.parse(text);
  };
  const inOrder = (policy: PolicyJson): unknown => JSON.parse(JSON.stringify(policy));

  test("fixes the width of the user, where the origin is written out", () => {
    expect(mended(asking(`${JOB}/*/${MAIN}`), "wildcard-past-field")).toEqual(inOrder(exact));
  });

  test("is not offered where that is not enough, because the intended origin is not known", () => {
    const documented = asking(`${JOB}/*/vcs-origin/github.com/my-org/*/vcs-ref/refs/heads/main`);
    expect(idsOf(documented)).toContain("wildcard-past-field");
    expect(mended(documented, "wildcard-past-field")).toBeUndefined();
  });

  test("adds the audience and the missing key", () => {
    const subject = { [SUB]: `${JOB}/${ANYONE}/${MAIN}` };
    expect(mended(policyOf(statement({ StringLike: subject })), "audience-missing")).toEqual(inOrder(exact));
    expect(mended(asking(subject[SUB] ?? "", "StringLikeIfExists"), "passes-without-key")).toEqual(
      inOrder(exact),
    );
  });

  test("omits the subjects without an origin if others have one", () => {
    const named = asking(`${JOB}/${ANYONE}/${MAIN}`);
    const both = asking([`${JOB}/${ANYONE}`, `${JOB}/${ANYONE}/${MAIN}`]);
    expect(mended(both, "tokens-without-origin")).toEqual(inOrder(named));
    expect(mended(asking(`${JOB}/${ANYONE}`), "tokens-without-origin")).toBeUndefined();
  });

  test("is never offered for a finding that it would not resolve", () => {
    expect(mended(asking(`org/${ORG}/*`), "project-wildcard")).toBeUndefined();
  });
});
