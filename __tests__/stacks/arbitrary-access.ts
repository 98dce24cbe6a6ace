import fc from "fast-check";
import type { Access, Account, Bucket, IdentityStatement, Role } from "../../lib/config/model/model";
import { anAccess, anAccount, aProject, aRole, organization } from "../fixtures/access";
import { anyGrant } from "../iam/arbitraries";

/**
 * Keys that the file may have and that could be taken for parts of an address, for our own ids, or
 * for what JavaScript, constructs and cdktf know by name.
 */
export const nastyKeys = [
  ...[
    "a",
    "A",
    "a_bucket",
    "a_inline_bucket",
    "a_inline_statements",
    "a_role_arn",
    "a_bucket_name",
    "a_attached",
  ],
  ...[
    "a_only_these_inline",
    "a_bucket_tls_only",
    "a_bucket_bucket",
    "a-b",
    "a__b",
    "bucket",
    "state",
    "circleci",
  ],
  ...[
    "aws",
    "backend",
    "Default",
    "Resource",
    "resource",
    "output",
    "terraform",
    "constructor",
    "toString",
    "valueOf",
  ],
];

const accounts: readonly Account[] = [
  anAccount({
    key: "china",
    id: "000000000042",
    region: "cn-north-1",
    partition: "aws-cn",
    stateBucket: "acme-cn",
  }),
  anAccount(),
];

const hostileText = fc.constantFrom(
  "plain",
  "${aws:username}",
  "%{if}",
  "$${x}",
  "2e+9",
  "{}",
  "größe",
  "中",
);

const statement: fc.Arbitrary<IdentityStatement> = fc.record(
  {
    Sid: fc.constant("Own"),
    Effect: fc.constantFrom("Allow" as const, "Deny" as const),
    Action: fc.constantFrom("s3:*", ["s3:GetObject", "s3:PutObject"]),
    Resource: hostileText.map((text) => `arn:aws:s3:::shared/${text}`),
    Condition: hostileText.map((text) => ({ StringLike: { "aws:PrincipalTag/team": text } })),
  },
  { requiredKeys: ["Effect", "Action", "Resource"] },
);

const bucket: fc.Arbitrary<Bucket> = fc.record(
  {
    name: fc.constantFrom("acme-one", "acme-two"),
    kmsKey: fc.constant("arn:aws:kms:us-east-1:123456789012:key/1234abcd"),
    keepVersionsDays: fc.integer({ min: 1, max: 3_650 }),
    expireDays: fc.integer({ min: 1, max: 3_650 }),
    forceDestroy: fc.boolean(),
    keep: fc.constant([]),
  },
  { requiredKeys: ["name", "keepVersionsDays", "forceDestroy", "keep"] },
);

const policies = fc.subarray([
  "arn:aws:iam::123456789012:policy/a/Deploy",
  "arn:aws:iam::123456789012:policy/b/Deploy",
  "arn:aws:iam::aws:policy/ReadOnlyAccess",
]);

const roleBody: fc.Arbitrary<Partial<Role>> = fc.record(
  {
    account: fc.constantFrom(...accounts),
    description: hostileText,
    // Long lists of people times refs reach the quota, which is refused and tested elsewhere.
    grant: anyGrant.filter(({ people }) => people.kind === "everyone" || people.members.length < 2),
    bucket,
    policies,
    statements: fc.array(statement, { maxLength: 2 }),
    permissionsBoundary: fc.constant("arn:aws:iam::123456789012:policy/boundary"),
    awsTags: fc
      .dictionary(fc.constantFrom("team", "cost centre"), fc.constantFrom("", "web"))
      .map((tags) => ({ ...tags })),
  },
  { requiredKeys: ["account", "description", "grant", "policies", "statements", "awsTags"] },
);

export const anyAccess: fc.Arbitrary<Access> = fc
  .array(fc.tuple(fc.constantFrom("api", "website"), fc.constantFrom(...nastyKeys), roleBody), {
    minLength: 1,
    maxLength: 5,
  })
  .map((entries) => {
    const projects = ["api", "website"].map((key) => {
      const roles = new Map(
        entries.filter(([project]) => project === key).map(([, role, body]) => [role, body]),
      );
      const built = [...roles].map(([role, body]) => aRole({ ...body, key: role, name: `${key}-${role}` }));
      return aProject({ key, audience: organization.audience, roles: built });
    });
    return anAccess({ accounts, projects: projects.filter(({ roles }) => roles.length > 0) });
  });
