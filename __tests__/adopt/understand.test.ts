import fc from "fast-check";
import { type Known, knownFrom } from "../../lib/adopt/understand/known";
import { type Understanding, understand } from "../../lib/adopt/understand/understand";
import type { Grant } from "../../lib/config/model/model";
import { providerArn } from "../../lib/iam/language/arns";
import { printPolicy } from "../../lib/iam/language/document";
import { trustForms } from "../../lib/iam/write/trust/trust-forms";
import { writeTrustPolicy } from "../../lib/iam/write/trust/trust-policy";
import {
  aGrant,
  alice,
  anAccess,
  anAccount,
  anyRef,
  anyRefOrNone,
  bob,
  everyone,
  only,
  organization,
  PROJECT_ID,
  REPOSITORY,
  refs,
} from "../fixtures/access";
import { anyGrant } from "../iam/arbitraries";
import { cases } from "../iam/automata/cases";

const account = anAccount();
const provider = providerArn(account, { organization: organization.id });
const ISSUER = `oidc.circleci.com/org/${organization.id}`;
const OTHER = "11111111-2222-4333-8444-555555555555";
const known: readonly Known[] = knownFrom(anAccess());
const ALICE_MAIN = `org/${organization.id}/project/${PROJECT_ID}/user/${alice.id}/vcs-origin/${REPOSITORY}/vcs-ref/refs/heads/main`;
const SOMEBODY = `org/${organization.id}/project/${PROJECT_ID}/user/????????-????-????-????-????????????`;

function trust(condition: object, more: object = {}): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: provider },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: condition,
        ...more,
      },
    ],
  });
}

const aud = { [`${ISSUER}:aud`]: organization.id };
const sub = (value: string | readonly string[]) => ({ [`${ISSUER}:sub`]: value });

describe("policies that equal a grant", () => {
  const ours = trust({ StringEquals: { ...aud }, StringLike: sub(ALICE_MAIN) });

  test.each<[title: string, text: string, grant: Partial<Grant>, wording: string]>([
    ["as this project generates it", printPolicy(writeTrustPolicy(aGrant(), provider, 2048)), {}, "ours"],
    [
      "a list with one value, and keys in another order",
      JSON.stringify({
        Statement: {
          Condition: { StringEquals: { ...sub([ALICE_MAIN]), [`${ISSUER}:aud`]: [organization.id] } },
          Action: ["sts:AssumeRoleWithWebIdentity"],
          Principal: { Federated: [provider] },
          Effect: "Allow",
        },
        Version: "2012-10-17",
      }),
      {},
      "ours",
    ],
    ["with StringLike for StringEquals", ours, {}, "kept"],
    ["with a Sid", trust({ StringEquals: { ...aud, ...sub(ALICE_MAIN) } }, { Sid: "Ci" }), {}, "kept"],
    [
      "two people in two statements",
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [alice, bob].map(({ id }) => ({
          Effect: "Allow",
          Principal: { Federated: provider },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: { StringEquals: { ...aud, ...sub(ALICE_MAIN.replace(alice.id, id)) } },
        })),
      }),
      { people: only(alice, bob) },
      "kept",
    ],
    [
      "everyone, from any ref",
      trust({ StringEquals: aud, StringLike: sub(`${SOMEBODY}/vcs-origin/${REPOSITORY}/vcs-ref/*`) }),
      { people: everyone, refs: anyRef },
      "ours",
    ],
    [
      "everyone, from any ref, and V1 tokens: with tokensWithoutOrigin",
      trust({
        StringEquals: aud,
        StringLike: sub([SOMEBODY, `${SOMEBODY}/vcs-origin/${REPOSITORY}/vcs-ref/*`]),
      }),
      { people: everyone, refs: anyRefOrNone },
      "ours",
    ],
    [
      "everyone, from a pattern of branches",
      trust({
        StringEquals: aud,
        StringLike: sub(
          ALICE_MAIN.replace(alice.id, "????????-????-????-????-????????????").replace(/main$/, "release/*"),
        ),
      }),
      { people: everyone, refs: refs({ branches: ["release/*"] }) },
      "ours",
    ],
  ])("%s", (_, text, differences, wording) => {
    expect(understand(text, account, known)).toEqual({ kind: "exact", grant: aGrant(differences), wording });
  });

  test("an unnamed person gets a name generated from the ID", () => {
    const text = trust({ StringEquals: { ...aud, ...sub(ALICE_MAIN.replace(alice.id, OTHER)) } });
    expect(understand(text, account, known)).toMatchObject({
      kind: "exact",
      grant: { people: only({ name: "person-11111111", id: OTHER }) },
    });
  });

  test("a project that is not in the file gets the repository that the policy names", () => {
    const text = trust({ StringEquals: { ...aud, ...sub(ALICE_MAIN.replace(PROJECT_ID, OTHER)) } });
    expect(understand(text, account, known)).toMatchObject({
      kind: "exact",
      grant: { project: OTHER, repository: REPOSITORY },
    });
  });
});

describe("policies that equal no grant are hand-written", () => {
  const V1 = `org/${organization.id}/project/${PROJECT_ID}/user/`;

  function found(text: string): Extract<Understanding, { kind: "hand-written" }> {
    const understood = understand(text, account, known);
    if (understood.kind !== "hand-written") throw new Error("it is exact");
    return understood;
  }

  test("everyone in one project, including forks: the project, and who would lose access", () => {
    const { project, nearest, findings } = found(trust({ StringEquals: aud, StringLike: sub(`${V1}*`) }));
    expect(project).toBe(PROJECT_ID);
    expect(nearest?.grant).toEqual(aGrant({ people: everyone, refs: anyRefOrNone }));
    expect(nearest?.gained).toBeUndefined();
    expect(nearest?.lost?.claims.sub).toMatch(/\/vcs-origin\/(?!github\.com\/acme\/website\/)/);
    expect(findings.length).toBeGreaterThan(0);
  });

  test("the branch pin in CircleCI's documentation: a branch name bypasses it", () => {
    const { nearest, findings } = found(
      trust({
        StringEquals: aud,
        StringLike: sub(`${V1}*/vcs-origin/${REPOSITORY}/vcs-ref/refs/heads/main`),
      }),
    );
    expect(findings.map(({ id }) => id)).toContain("wildcard-past-field");
    expect(nearest?.grant).toEqual(aGrant({ people: everyone }));
    expect(nearest?.lost).toBeDefined();
  });

  test("a role for every project of the organization belongs to no single project", () => {
    const { project, findings } = found(
      trust({ StringEquals: aud, StringLike: sub(`org/${organization.id}/project/*`) }),
    );
    expect(project).toBeUndefined();
    expect(findings.map(({ id }) => id)).toContain("project-wildcard");
  });

  test.each<[string, string, RegExp]>([
    ["no audience condition", trust({ StringEquals: sub(ALICE_MAIN) }), /describes it exactly/],
    [
      "another organization's provider",
      trust({ StringEquals: aud }).replace(provider, provider.replace(organization.id, OTHER)),
      /another OIDC provider/,
    ],
    ["nobody", trust({ StringEquals: { ...aud, ...sub("nobody") } }), /allows no token/],
    ["invalid JSON", "{", /could not be read/],
    [
      "an account in addition to the people",
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          ...JSON.parse(trust({ StringEquals: { ...aud, ...sub(ALICE_MAIN) } })).Statement,
          { Effect: "Allow", Principal: { AWS: "123456789012" }, Action: "sts:AssumeRole" },
        ],
      }),
      /describes it exactly/,
    ],
    [
      "one person too many for a policy",
      trust({ StringEquals: { ...aud, ...sub(`${V1}${alice.id}`) } }),
      /describes it exactly/,
    ],
  ])("%s", (_, text, reason) => {
    expect(found(text).reason).toMatch(reason);
  });
});

test("every form that this project writes for a grant is understood as that grant", () => {
  fc.assert(
    fc.property(
      anyGrant.filter(({ refs: listed }) => namesOf(listed).every(isPlain)),
      (grant) => {
        const file = anAccess({
          organizations: [{ id: grant.organization, audience: grant.audience, isDefault: true }],
          people: grant.people.kind === "listed" ? grant.people.members : [],
          projects: [],
        });
        const own = providerArn(account, grant);
        for (const { conditions } of trustForms(grant)) {
          const understood = understand(
            trust(conditions).replaceAll(provider, own),
            account,
            knownFrom(file),
          );
          if (understood.kind === "hand-written") throw new Error(understood.reason);
          expect(sortedParts(understood.grant)).toEqual(sortedParts(grant));
        }
      },
    ),
    cases(10, 500),
  );
});

/** Names of branches and tags as access.yaml writes them. */
function namesOf(listed: Grant["refs"]): readonly string[] {
  if (listed.kind === "any") return [];
  return [...listed.branches, ...listed.tags].map((one) =>
    one.kind === "exact" ? one.name : `${one.prefix}*`,
  );
}

/** Which access.yaml can say, and which no other part of a subject can be taken for. */
function isPlain(name: string): boolean {
  return (
    /^[a-z0-9]+(?:[./-][a-z0-9]+)*(?:[/-]?\*)?$/i.test(name) && !/heads|tags|refs|vcs|user|project/.test(name)
  );
}

function sortedParts({ people, refs: listed, ...rest }: Grant): unknown {
  return {
    ...rest,
    people: people.kind === "everyone" ? "everyone" : people.members.map(({ id }) => id).sort(),
    refs:
      listed.kind === "any" ? listed : [new Set(namesOf(listed)).size, [...new Set(namesOf(listed))].sort()],
  };
}

test("a policy for a CircleCI Server is understood where access.yaml names the server, and not otherwise", () => {
  const server = "circleci.acme.example";
  const grant = aGrant({ server });
  const text = printPolicy(writeTrustPolicy(grant, providerArn(account, grant), 2048));
  const ofServer = knownFrom(anAccess({ organizations: [{ ...organization, server }] }));
  expect(understand(text, account, ofServer)).toMatchObject({ kind: "exact", grant, wording: "ours" });
  expect(understand(text, account, known).kind).toBe("hand-written");
  expect(
    understand(printPolicy(writeTrustPolicy(aGrant(), provider, 2048)), account, ofServer),
  ).toMatchObject({
    kind: "hand-written",
    reason: expect.stringContaining("another OIDC provider"),
  });
});
