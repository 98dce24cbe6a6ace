import type { GrantedRefs } from "../../../../lib/config/model/model";
import {
  aGrant,
  anAccess,
  anyRef,
  anyRefOrNone,
  aProject,
  aRole,
  everyone,
  organization,
} from "../../../fixtures/access";
import { change, lineOf, plan, reviewPlan, trustFor, unchanged } from "../../../plan/a-plan";

const reported = (...resources: readonly object[]) =>
  reviewPlan(plan(resources), "plan", anAccess()).access.map(lineOf);

const url = `oidc.circleci.com/org/${organization.id}`;
const arn = `arn:aws:iam::123456789012:oidc-provider/${url}`;
const provider = (...audiences: readonly string[]) => ({
  arn,
  url: `https://${url}`,
  client_id_list: audiences,
});
const role = (policy: string) =>
  unchanged("aws_iam_role.deploy", {
    name: "deploy",
    arn: "arn:aws:iam::123456789012:role/deploy",
    assume_role_policy: policy,
  });
/** Asks for the subject alone. */
const unpinned = JSON.stringify(JSON.parse(trustFor()), (key, value: unknown) =>
  key.endsWith(":aud") ? undefined : value,
);

test("a new audience of the provider is broader for a role without an audience condition, and no change for one with it", () => {
  const added = change(
    "aws_iam_openid_connect_provider.c",
    provider(organization.id),
    provider(organization.id, "sts.amazonaws.com"),
  );
  expect(reported(role(unpinned), added)).toEqual([
    expect.stringMatching(
      /^provider broader; CircleCI's OIDC provider in account \S+ now accepts tokens for sts\.amazonaws\.com, also in every role that trusts it without an audience condition; alice can now assume deploy from main of github\.com\/acme\/website with a token for another audience, such as sts\.amazonaws\.com$/,
    ),
  ]);
  expect(reported(role(trustFor()), added)).toEqual([
    expect.stringMatching(
      /^provider broader; CircleCI's OIDC provider .* without an audience condition \(every examined role that trusts it has its own audience condition\)$/,
    ),
  ]);
});

test("removing a provider is narrower for every role that trusts it", () => {
  expect(
    reported(role(trustFor()), change("aws_iam_openid_connect_provider.c", provider(organization.id), null)),
  ).toEqual([
    expect.stringMatching(
      /^provider narrower; CircleCI's OIDC provider in account \S+ is deleted, so that no role accepts its tokens any longer, for the default audience; alice can no longer assume deploy from main/,
    ),
  ]);
});

const bucketPolicy = (principal: unknown, action = "s3:GetObject") => ({
  bucket: "site",
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: action, Resource: "arn:aws:s3:::site/*" }],
  }),
});
const other = { AWS: "arn:aws:iam::999999999999:root" };

test.each<[what: string, resources: readonly object[], reported: readonly unknown[]]>([
  [
    "a bucket policy that allows everyone",
    [change("aws_s3_bucket_policy.s", bucketPolicy(other), bucketPolicy("*"))],
    [
      expect.stringMatching(
        /^bucket-policy broader; anyone can now perform s3:GetObject on arn:aws:s3:::site\/\S+/,
      ),
    ],
  ],
  [
    "a bucket policy that no longer allows everyone",
    [change("aws_s3_bucket_policy.s", bucketPolicy("*"), bucketPolicy(other))],
    [expect.stringMatching(/^bucket-policy narrower; anyone can no longer perform s3:GetObject/)],
  ],
  [
    "a policy resource, and the bucket's copy of it",
    [
      unchanged("aws_s3_bucket.b", bucketPolicy(other)),
      unchanged("aws_s3_bucket_policy.s", bucketPolicy(other)),
    ],
    [],
  ],
  [
    "an unreadable bucket policy",
    [change("aws_s3_bucket_policy.s", bucketPolicy(other), { bucket: "site", policy: "{" })],
    [expect.stringMatching(/^bucket-policy unknown \(its policy cannot be read/)],
  ],
  [
    "a public access block removed from an existing bucket",
    [
      unchanged("aws_s3_bucket.b", { bucket: "site" }),
      change("aws_s3_bucket_public_access_block.p", { bucket: "site", block_public_policy: true }, null),
    ],
    ["public-access broader; new bucket policies that grant public access are no longer blocked on site"],
  ],
  [
    "a bucket destroyed together with its public access block",
    [
      change("aws_s3_bucket.b", { bucket: "site" }, null),
      change("aws_s3_bucket_public_access_block.p", { bucket: "site", block_public_policy: true }, null),
    ],
    [],
  ],
  [
    "a new bucket with everything blocked, as new buckets are",
    [
      change("aws_s3_bucket.b", null, { bucket: "site" }),
      change("aws_s3_bucket_public_access_block.p", null, {
        bucket: "site",
        block_public_acls: true,
        block_public_policy: true,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      }),
    ],
    [],
  ],
  [
    "a new bucket with an incomplete public access block",
    [
      change("aws_s3_bucket.b", null, { bucket: "site" }),
      change("aws_s3_bucket_public_access_block.p", null, {
        bucket: "site",
        block_public_acls: true,
        block_public_policy: false,
        ignore_public_acls: true,
        restrict_public_buckets: true,
      }),
    ],
    ["public-access broader; new bucket policies that grant public access are no longer blocked on site"],
  ],
  [
    "the account's public access block",
    [
      change(
        "aws_s3_account_public_access_block.a",
        { account_id: "1", restrict_public_buckets: true },
        { account_id: "1", restrict_public_buckets: false },
      ),
    ],
    [
      "public-access broader; a bucket policy that grants public access is no longer restricted on all buckets of the account",
    ],
  ],
  [
    "ACLs enabled again",
    [
      change(
        "aws_s3_bucket_ownership_controls.o",
        { bucket: "site", rule: [{ object_ownership: "BucketOwnerEnforced" }] },
        { bucket: "site", rule: [{ object_ownership: "ObjectWriter" }] },
      ),
    ],
    ["public-access broader; ACLs are now enabled on site"],
  ],
  [
    "a public ACL",
    [
      change(
        "aws_s3_bucket_acl.a",
        { bucket: "site", acl: "private" },
        { bucket: "site", acl: "public-read" },
      ),
    ],
    ["public-access broader; anyone can now list the objects of site"],
  ],
])("%s", (_, resources, expected) => {
  expect(reported(...resources)).toEqual(expected);
});

test("findings of the planned trust policy are new if the current policy does not have them", () => {
  const open = (text: string) =>
    text
      .replaceAll(/\/project\/[0-9a-f-]{36}\/user\//g, "/project/*/user/")
      .replace('"StringEquals":', '"StringLike":');
  const withRole = (before: string, after: string) =>
    reviewPlan(
      plan([
        change(
          "aws_iam_role.deploy",
          { name: "deploy", assume_role_policy: before },
          { name: "deploy", assume_role_policy: after },
        ),
      ]),
      "plan",
      anAccess(),
    ).findings;
  const found = withRole(trustFor(), open(trustFor()));
  expect(found.map(({ rule, isNew }) => [rule, isNew])).toContainEqual(["project-wildcard", true]);
  const stays = withRole(open(trustFor()), open(trustFor()));
  expect(stays.map(({ rule }) => rule)).toEqual(found.map(({ rule }) => rule));
  expect(stays.every(({ isNew }) => !isNew)).toBe(true);
  expect(withRole(trustFor(), trustFor())).toEqual([]);
});

test("a policy from access.yaml has one possible finding: tokens without an origin", () => {
  const file = (granted: GrantedRefs) =>
    anAccess({
      projects: [aProject({ roles: [aRole({ grant: aGrant({ people: everyone, refs: granted }) })] })],
    });
  const found = (granted: GrantedRefs) =>
    reviewPlan(
      plan([
        change(
          "aws_iam_role.deploy",
          { name: "website-deploy", assume_role_policy: trustFor({ people: everyone }) },
          { name: "website-deploy", assume_role_policy: trustFor({ people: everyone, refs: granted }) },
        ),
      ]),
      "plan",
      file(granted),
    ).findings.map(({ rule, severity, isNew }) => [rule, severity, isNew]);
  expect(found(anyRef)).toEqual([]);
  expect(found(anyRefOrNone)).toEqual([["tokens-without-origin", "medium", true]]);
});
