import fc from "fast-check";
import type { Grant } from "../../../../lib/config/model/model";
import { providerArn } from "../../../../lib/iam/language/arns";
import { type PolicyDocument, policySize, printPolicy } from "../../../../lib/iam/language/document";
import { checkTrustPolicySize } from "../../../../lib/iam/write/quotas";
import { type TrustForm, trustForms } from "../../../../lib/iam/write/trust/trust-forms";
import { writeTrustPolicy } from "../../../../lib/iam/write/trust/trust-policy";
import {
  aGrant,
  alice,
  anAccount,
  anyRef,
  anyRefOrNone,
  aRole,
  bob,
  everyone,
  only,
  organization,
  refs,
} from "../../../fixtures/access";
import { anyGrant, exactGrant, tokensNear } from "../../arbitraries";
import { cases } from "../../automata/cases";
import { isMeant, tokenWith, v2 } from "../../meaning";
import { allowedTokens } from "../../reference-matcher";

const PROVIDER = providerArn(anAccount(), { organization: organization.id });

function policyOf({ conditions: Condition }: TrustForm): PolicyDocument {
  const Principal = { Federated: PROVIDER };
  const Action = "sts:AssumeRoleWithWebIdentity";
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action, Condition }] };
}

describe("every form of every grant", () => {
  test("allows exactly the granted tokens, and none without a subject", () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(
        fc
          .oneof(anyGrant, exactGrant)
          .chain((grant) =>
            fc.tuple(fc.constant(grant), fc.array(tokensNear(grant), { minLength: 10, maxLength: 10 })),
          ),
        ([grant, tokens]) => {
          const wrong: unknown[] = [];
          for (const form of trustForms(grant)) {
            const policy: PolicyDocument = JSON.parse(printPolicy(policyOf(form)));
            for (const token of [...tokens, tokenWith(undefined, { aud: grant.audience })]) {
              const meant = isMeant(grant, token);
              const side = `${form.name}: ${meant ? "in" : "out"}`;
              seen.set(side, (seen.get(side) ?? 0) + 1);
              const allowed = allowedTokens(policy, PROVIDER, token);
              if (allowed !== meant) wrong.push({ form: form.name, token, allowed });
            }
          }
          expect(wrong).toEqual([]);
        },
      ),
      cases(400, 30_000),
    );
    // A property that only ever sees one side proves nothing.
    expect(new Set(seen.keys())).toEqual(
      new Set(
        ["product", "people and refs", "floating people", "floating people and refs"].flatMap((name) => [
          `${name}: in`,
          `${name}: out`,
        ]),
      ),
    );
    expect(Math.min(...seen.values())).toBeGreaterThan(5);
  });
});

/** Which forms a grant has beside the product, which every grant has. */
function shorter(differences: Partial<Grant>): readonly string[] {
  return trustForms(aGrant({ people: only(alice, bob), ...differences }))
    .map(({ name }) => name)
    .filter((name) => name !== "product");
}

describe("a form that would allow more is omitted", () => {
  test.each<[string, Partial<Grant>, readonly string[]]>([
    ["every form is possible", {}, ["people and refs", "floating people", "floating people and refs"]],
    ["everyone has no people to list", { people: everyone }, []],
    [
      "a pattern can match a person's id and the end of another subject",
      { refs: refs({ branches: ["release/*"] }) },
      ["people and refs"],
    ],
    ["so can a pattern of tags", { refs: refs({ branches: ["main"], tags: ["v*"] }) }, ["people and refs"]],
    ["so can any ref", { refs: anyRef }, ["people and refs"]],
    ["and any ref with tokens without an origin", { refs: anyRefOrNone }, ["people and refs"]],
    [
      "a branch that contains a person's id",
      { refs: refs({ branches: [`for/${bob.id}`] }) },
      ["people and refs"],
    ],
    [
      "a repository that contains a person's id",
      { repository: `github.com/acme/${bob.id}` },
      ["people and refs"],
    ],
    [
      "a branch that contains heads/ can match the end of another one",
      { refs: refs({ branches: ["heads/main"] }) },
      ["people and refs", "floating people"],
    ],
    [
      "a repository that contains heads/",
      { repository: "gitlab.com/heads/site" },
      ["people and refs", "floating people"],
    ],
    [
      "tags/ in a branch, if no tag is listed",
      { refs: refs({ branches: ["tags/main"] }) },
      ["people and refs", "floating people", "floating people and refs"],
    ],
    [
      "tags/ in a branch, if a tag is listed",
      { refs: refs({ branches: ["tags/main"], tags: ["v1"] }) },
      ["people and refs", "floating people"],
    ],
  ])("%s", (_, differences, names) => {
    expect(shorter(differences)).toEqual(names);
  });
});

function crowd(count: number) {
  const hex = (index: number) => index.toString(16).padStart(8, "0");
  return only(
    ...Array.from({ length: count }, (_, index) => ({
      name: `p${index}`,
      id: `${hex(index)}-93a4-4a39-8f3f-2d1f2f0c7a01`,
    })),
  );
}

function branches(count: number) {
  return refs({
    branches: [
      "main",
      "staging",
      "production",
      ...Array.from({ length: 17 }, (_, index) => `team-${index + 1}`),
    ].slice(0, count),
  });
}

describe("the quota of 2,048 characters", () => {
  test.each<[TrustForm["name"], number, number]>([
    ["product", 8, 1],
    ["people and refs", 4, 5],
    ["people and refs", 10, 1],
    ["floating people", 12, 3],
    ["floating people", 30, 1],
    ["floating people and refs", 12, 20],
  ])("fits, as %s, %i people on %i branches", (name, people, refCount) => {
    const grant = aGrant({ people: crowd(people), refs: branches(refCount) });
    const chosen = trustForms(grant).find(({ name: one }) => one === name);
    expect(chosen === undefined ? Number.NaN : policySize(policyOf(chosen))).toBeLessThanOrEqual(2_048);
    expect(checkTrustPolicySize(aRole({ grant }))).toBeUndefined();
  });

  test("the first form that fits is chosen, and the shortest if none does", () => {
    const grant = aGrant({ people: crowd(12), refs: branches(20) });
    const sizes = trustForms(grant).map((form) => policySize(policyOf(form)));
    for (const quota of [2_048, 4_096, 8_192]) {
      const first = trustForms(grant).find((_, index) => (sizes[index] ?? Number.NaN) <= quota);
      expect(writeTrustPolicy(grant, PROVIDER, quota)).toEqual(policyOf(first ?? raise("no form fits")));
    }
    expect(policySize(writeTrustPolicy(grant, PROVIDER, 100))).toBe(Math.min(...sizes));
  });

  test("a larger quota of the account fits more, and one character above it does not", () => {
    const account = anAccount({ trustPolicyQuota: 4_096 });
    const grant = aGrant({ people: crowd(19), refs: refs({ branches: ["release/*"] }) });
    const problem = checkTrustPolicySize(aRole({ grant }));
    expect(problem).toMatchObject({
      code: "trust-policy-too-long",
      fix: expect.stringContaining("names instead of patterns (they can be written shorter)"),
    });
    expect(problem?.fix).toContain("accounts.main.trustPolicyQuota");
    expect(checkTrustPolicySize(aRole({ grant, account }))).toBeUndefined();
    const size = policySize(writeTrustPolicy(grant, PROVIDER, 4_096));
    const exactly = (trustPolicyQuota: number) =>
      checkTrustPolicySize(aRole({ grant, account: anAccount({ trustPolicyQuota }) }));
    expect(exactly(size)).toBeUndefined();
    expect(exactly(size - 1)?.found).toBe(`${size} characters`);
  });
});

test("the shortest form, complete", () => {
  const key = `oidc.circleci.com/org/${organization.id}`;
  const grant = aGrant({ people: only(alice, bob), refs: refs({ branches: ["main"], tags: ["v1"] }) });
  expect(trustForms(grant).at(-1)).toEqual({
    name: "floating people and refs",
    conditions: {
      StringEquals: { [`${key}:aud`]: organization.audience },
      StringLike: {
        [`${key}:sub`]: ["heads", "tags"].map((kind) =>
          v2({ user: "????????-????-????-????-????????????", ref: `refs/${kind}/*` }),
        ),
      },
      StringLikeIfExists: { [`${key}:sub`]: [`*${alice.id}*`, `*${bob.id}*`] },
      "ForAnyValue:StringLike": { [`${key}:sub`]: ["*/heads/main", "*/tags/v1"] },
      StringNotLike: {
        [`${key}:sub`]: ["*heads/*heads/*", "*heads/*tags/*", "*tags/*heads/*", "*tags/*tags/*"],
      },
    },
  });
});

function raise(message: string): never {
  throw new Error(message);
}
