import type { FoundRole } from "../../lib/adopt/inventory/inventory";
import { WELL_KNOWN } from "../../lib/iam/data/managed-policies";
import { compareAccount, type LiveComparison } from "../../lib/live/compare/compare-account";
import type { AccountAsItIs } from "../../lib/live/read/account-as-it-is";
import { printMarkdown } from "../../lib/report/markdown/report";
import { accessOf, accountOf, asDeclared } from "./an-account";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const ALL_SECRETS =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"*"}]}';
const DENIED = { object: "all roles", code: "AccessDenied" };

const access = accessOf();
const now = asDeclared(access);
const deploy = roleOf(now);

function roleOf({ roles: [role] }: AccountAsItIs): FoundRole {
  if (role === undefined) throw new Error("an account without roles");
  return role;
}

function compared(changes: Partial<AccountAsItIs>, file = access): LiveComparison {
  return compareAccount(file, accountOf(file), asDeclared(file, changes), WELL_KNOWN);
}

/** Each difference as `subject: aspect, relation, class`. */
function differences(changes: Partial<AccountAsItIs>): readonly string[] {
  return compared(changes).review.access.map(
    ({ subject, aspect, relation, risk }) => `${subject}: ${aspect}, ${relation}, ${risk.class}`,
  );
}

describe("an account that is as the file says", () => {
  test("no difference, whatever the layout of the policies and the thumbprints that AWS chose", () => {
    const { review, examined } = compared({});
    expect(examined).toEqual({ roles: 1, otherRoles: 0, providers: 1, buckets: 2 });
    expect(review.access).toEqual([]);
    expect(review.stacks.flatMap(({ drift, resources }) => [...drift, ...resources])).toEqual([]);
    expect(printMarkdown(review)).toMatch(/No changes[\s\S]*3 stacks without changes/);
  });

  test("a trust policy with other words for the same tokens is the same", () => {
    const trust = deploy.trust.replace(
      '"sts:AssumeRoleWithWebIdentity"',
      '["sts:AssumeRoleWithWebIdentity"]',
    );
    expect(trust).not.toBe(deploy.trust);
    const [only, ...others] = compared({ roles: [{ ...deploy, trust }] }).review.access;
    expect(others).toEqual([]);
    expect(only?.relation ?? "same").toBe("same");
  });
});

test.each<[string, Partial<AccountAsItIs>, readonly string[]]>([
  [
    "another user instead of alice",
    { roles: [{ ...deploy, trust: deploy.trust.replace("0b6ad1c5", "0b6ad1c6") }] },
    ["website-deploy: trust, both-ways, wider-trust"],
  ],
  [
    "no token any more",
    { roles: [{ ...deploy, trust: deploy.trust.replace('"Allow"', '"Deny"') }] },
    ["website-deploy: trust, narrower, wider-trust"],
  ],
  [
    "an attached policy, and a longer session",
    { roles: [{ ...deploy, attached: [ADMINISTRATOR], sessionSeconds: 43_200 }] },
    [
      "website-deploy: permissions, broader, administrator",
      "website-deploy: session, broader, longer-session",
    ],
  ],
  [
    "an inline policy that is gone",
    { roles: [{ ...deploy, inline: [] }] },
    ["website-deploy: permissions, narrower, new-actions"],
  ],
  [
    "a policy of another name",
    { roles: [{ ...deploy, inline: [...deploy.inline, { name: "more", document: ALL_SECRETS }] }] },
    ["website-deploy: permissions, broader, all-data"],
  ],
  [
    "a role that is gone",
    { roles: [] },
    ["website-deploy: trust, narrower, wider-trust", "website-deploy: permissions, narrower, new-actions"],
  ],
  [
    "a role that the file does not have",
    {
      roles: [
        deploy,
        { ...deploy, name: "legacy", arn: "arn:aws:iam::123456789012:role/legacy", inline: [] },
      ],
    },
    ["legacy: trust, broader, wider-trust"],
  ],
  [
    "a further audience",
    {
      providers: now.providers.map((one) => ({
        ...one,
        audiences: [...one.audiences, "https://other.example"],
      })),
    },
    [expect.stringMatching(/^oidc.*: provider, broader/)],
  ],
  [
    "a public bucket policy, and a block that is off",
    {
      buckets: new Map([
        ...now.buckets,
        [
          "acme-website",
          {
            ownership: "BucketOwnerEnforced",
            policy:
              '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::acme-website/*"}]}',
          },
        ],
      ]),
    },
    [
      "acme-website: bucket-policy, broader, external-access",
      "acme-website: public-access, broader, external-access",
    ],
  ],
])("outside Terraform: %s", (_, changes, expected) => {
  expect(differences(changes)).toEqual(expected);
});

describe("what AWS refuses to show", () => {
  test("roles: each is not examined, and no stack of theirs is without changes", () => {
    const { review, examined } = compared({
      roles: [],
      refused: [{ ...DENIED, call: "iam:GetAccountAuthorizationDetails" }],
    });
    expect(examined).toEqual({ roles: 0, otherRoles: 0, providers: 1, buckets: 2 });
    expect(review.access).toEqual([]);
    expect(review.notExamined?.map(({ stack, address }) => `${stack}/${address}`)).toEqual([
      "main-website/aws_iam_role.deploy",
      "not in access.yaml/aws_iam_role.others",
    ]);
    expect(review.stacks.map(({ name }) => name)).toEqual(["main-identity", "main-state"]);
    expect(printMarkdown(review)).toMatch(/not examined/i);
  });

  test("one role, the provider, a bucket: it alone is not examined, and it is not missing", () => {
    const [provider] = now.providers;
    const { review, examined } = compared({
      roles: [],
      providers: [],
      buckets: new Map([["acme-terraform-state", now.buckets.get("acme-terraform-state")]]),
      refused: [
        { call: "iam:GetRole", object: "website-deploy", code: "AccessDenied" },
        { call: "iam:GetOpenIDConnectProvider", object: provider?.arn ?? "", code: "AccessDenied" },
        { call: "s3:GetBucketPolicy", object: "acme-website", code: "AccessDenied" },
      ],
    });
    expect(examined).toEqual({ roles: 0, otherRoles: 0, providers: 0, buckets: 1 });
    expect(review.access).toEqual([]);
    expect(review.notExamined?.map(({ address }) => address)).toEqual([
      "aws_iam_role.deploy",
      "aws_iam_openid_connect_provider.circleci",
      "aws_s3_bucket.deploy_bucket",
    ]);
    expect(review.stacks.map(({ name }) => name)).toEqual(["main-state"]);
  });
});

test("a broader trust policy: who gets in, how bad it is, and what audit finds in it", () => {
  const trust = deploy.trust.replace(/\/user\/[^"]+"/, '/*"').replaceAll("StringEquals", "StringLike");
  const { access: found, findings } = compared({ roles: [{ ...deploy, trust }] }).review;
  expect(found.map(({ relation, risk }) => `${relation}, ${risk.class}`)).toEqual([
    "broader, external-access",
  ]);
  expect(findings.map(({ role, rule }) => `${role}: ${rule}`)).toEqual(["website-deploy: origin-not-pinned"]);
});
