import fc from "fast-check";
import { computedBoundaryArn } from "../../../../lib/config/model/boundary";
import type { Deploys } from "../../../../lib/config/model/deploys-model";
import { grantingProjects } from "../../../../lib/config/model/grants";
import type { Access, Account, IdentityStatement, Role } from "../../../../lib/config/model/model";
import { withTerraformScope } from "../../../../lib/config/model/terraform-scope";
import { aBucket, anAccess, anAccount, aProject, aRole } from "../../../fixtures/access";

const bare = anAccount();
export const account: Account = { ...bare, boundary: { arn: computedBoundaryArn(bare), from: "computed" } };

/** A file with these roles, and the project that carries it. */
export function fileWith(roles: readonly Role[], of: Account = account): Access {
  const tasks = { plan: "plan", apply: "apply" } as const;
  const carrying = (["plan", "apply"] as const).map((key) =>
    aRole({ key, name: `infrastructure-${key}`, account: of }),
  );
  const access = anAccess({
    accounts: [of],
    projects: [
      aProject({ key: "infrastructure", roles: carrying }),
      ...(roles.length === 0 ? [] : [aProject({ roles })]),
    ],
  });
  return withTerraformScope(access, (project, role) =>
    project === "infrastructure" && (role === "plan" || role === "apply") ? tasks[role] : undefined,
  );
}

/** A role of a file, by its key. */
export function roleOf(access: Access, key: string): Role {
  const found = grantingProjects(access)
    .flatMap(({ roles }) => roles)
    .find((role) => role.key === key);
  if (found === undefined) throw new Error(`no role ${key}`);
  return found;
}

const statement: fc.Arbitrary<IdentityStatement> = fc.record(
  {
    Sid: fc.constantFrom("Own", "Shared"),
    Effect: fc.constantFrom("Allow" as const, "Allow" as const, "Deny" as const),
    Action: fc.constantFrom(
      "s3:*",
      ["s3:GetObject", "S3:put*"],
      "cloudfront:CreateInvalidation",
      "sqs:Send?essage",
    ),
    Resource: fc.constantFrom("*", "arn:aws:s3:::shared/*", ["arn:aws:s3:::shared", "arn:aws:s3:::acme-a*"]),
    Condition: fc.constantFrom(
      { StringEquals: { "aws:PrincipalTag/team": "web" } },
      { Bool: { "aws:SecureTransport": "true" } },
    ),
  },
  { requiredKeys: ["Effect", "Action", "Resource"] },
);

/** Presets on resources of which two roles share some. */
const deploys: fc.Arbitrary<Deploys> = fc.record(
  {
    cloudfront: fc.constant({ distribution: "E2QWRUHAPOMQZL", paths: ["/*"] }),
    ecs: fc.constantFrom("task-a", "task-b").map((task) => ({
      cluster: "web",
      service: "site",
      container: "app",
      family: "site",
      taskRoles: [`arn:aws:iam::123456789012:role/${task}`],
    })),
    cdk: fc.constantFrom("a", "b").map((qualifier) => ({ qualifier, stacks: [] })),
    terraform: fc.constantFrom("acme-a", "elsewhere").map((stateBucket) => ({
      stateBucket,
      key: "index.html",
      directory: ".",
    })),
    ssm: fc.constant({ parameters: ["a"] }),
  },
  { requiredKeys: ["ssm"] },
);

const buckets = ["acme-a", "acme-a-2", "acme-b"];

/**
 * Files with up to three roles that do not run Terraform, some in paths that look like patterns.
 */
export const anyFile: fc.Arbitrary<Access> = fc
  .array(
    fc.record({
      path: fc.constantFrom("/", "/ci/", "/*/", "/?/", "/${aws:username}/"),
      hasBucket: fc.boolean(),
      kmsKey: fc.constantFrom(undefined, "arn:aws:kms:us-east-1:123456789012:key/1234abcd"),
      forceDestroy: fc.boolean(),
      deploys: fc.option(deploys, { nil: undefined }),
      statements: fc.uniqueArray(statement, { maxLength: 2, selector: ({ Sid }) => Sid ?? {} }),
    }),
    { maxLength: 3 },
  )
  .map((entries) =>
    fileWith(
      entries.map(({ path, hasBucket, kmsKey, forceDestroy, deploys, statements }, index) => {
        const bucket = aBucket({
          name: buckets[index] ?? "acme-c",
          forceDestroy,
          ...(kmsKey === undefined ? {} : { kmsKey }),
        });
        return aRole({
          key: `r${index}`,
          name: `website-r${index}`,
          account,
          path,
          statements,
          ...(deploys === undefined ? {} : { deploys }),
          permissionsBoundary: account.boundary?.arn ?? "",
          ...(hasBucket ? { bucket } : {}),
        });
      }),
    ),
  );
