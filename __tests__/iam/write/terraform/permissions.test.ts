import fc from "fast-check";
import type { Access, Role, TerraformScope } from "../../../../lib/config/model/model";
import { roleArn } from "../../../../lib/iam/language/arns";
import { inlinePolicies } from "../../../../lib/iam/write/inline-policies";
import { aBucket, aRole } from "../../../fixtures/access";
import { cases } from "../../automata/cases";
import { account, anyFile, fileWith, roleOf } from "./a-file";
import { IAM_ACTIONS, type Keys, S3_ACTIONS, verdictsOf } from "./calls";

const BOUNDARY = "arn:aws:iam::123456789012:policy/cdktf-circleci-oidc-boundary";
const STATE = "arn:aws:s3:::acme-terraform-state";
const WITHIN: Keys = [["iam:PermissionsBoundary", BOUNDARY]];
const LOOKING = /:(Get|List)/;

function permissionsOf(access: Access, key: "plan" | "apply") {
  return verdictsOf(inlinePolicies(roleOf(access, key)).map(({ document }) => document));
}

function scopeIn(access: Access): TerraformScope {
  const { terraform } = roleOf(access, "apply");
  if (terraform === undefined) throw new Error("apply runs Terraform");
  return terraform;
}

/** All that the file has in IAM and S3, by ARN. */
function ownOf(access: Access): readonly string[] {
  const { roles } = scopeIn(access);
  return [
    ...roles.map(roleArn),
    ...["plan", "apply"].map((key) => roleArn(roleOf(access, key))),
    ...roles.flatMap(({ bucket }) => (bucket === undefined ? [] : [`arn:aws:s3:::${bucket.name}`])),
    ...[STATE, BOUNDARY],
  ];
}

const anyAction = fc.constantFrom(...IAM_ACTIONS, ...S3_ACTIONS);

/** Names that are nearly one of the file's, and others. */
const nearly = (arn: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    ...[`${arn}x`, arn.slice(0, -1), arn.toUpperCase(), arn.replace("123456789012", "210987654321")],
    ...[arn.replace("role/", "role/other/"), arn.replace("role/", "user/"), arn.replace(":::", ":::x-")],
    ...["arn:aws:iam::123456789012:role/undeclared", "arn:aws:iam::aws:policy/AdministratorAccess", "*"],
  );

describe("for any file", () => {
  test("IAM and S3 resources of others are out of reach, also with similar names", () => {
    const foreign = anyFile.chain((access) =>
      fc.tuple(
        fc.constant(access),
        fc
          .constantFrom(...ownOf(access))
          .chain(nearly)
          .filter((arn) => !ownOf(access).includes(arn)),
        anyAction,
      ),
    );
    fc.assert(
      fc.property(foreign, ([access, resource, action]) => {
        expect(permissionsOf(access, "plan")(action, resource, WITHIN)).toBe("denied");
        expect(permissionsOf(access, "apply")(action, resource, WITHIN)).toBe("denied");
      }),
      cases(60, 1_500),
    );
  });

  test("both roles use the key of an encrypted state, and no other key; without encryption, none", () => {
    const kmsKey = "arn:aws:kms:us-east-1:123456789012:key/0d5b4a52-9e7d-4c6f-8b7a-1d11f4602d2c";
    const encrypted = {
      ...account,
      stateEncryption: { keyProvider: "aws_kms", kmsKey, migrates: false },
    } as const;
    for (const task of ["plan", "apply"] as const) {
      const may = permissionsOf(fileWith([], encrypted), task);
      for (const action of ["kms:Decrypt", "kms:GenerateDataKey"]) {
        expect(may(action, kmsKey)).toBe("allowed");
        expect(may(action, `${kmsKey}0`)).toBe("denied");
        expect(permissionsOf(fileWith([]), task)(action, kmsKey)).toBe("denied");
      }
      expect(may("kms:ScheduleKeyDeletion", kmsKey)).toBe("denied");
    }
  });

  test("the role that plans changes nothing", () => {
    const below = ["", "/x", "/main-website.tfstate"];
    fc.assert(
      fc.property(anyFile, (access) => {
        const plan = permissionsOf(access, "plan");
        const resources = ownOf(access).flatMap((own) => below.map((suffix) => own + suffix));
        const allowed = [...IAM_ACTIONS, ...S3_ACTIONS].filter((action) =>
          resources.some((resource) => plan(action, resource, WITHIN) !== "denied"),
        );
        expect(allowed.filter((action) => !LOOKING.test(action))).toEqual([]);
        expect(allowed).toContain("s3:ListBucket");
      }),
      cases(6, 200),
    );
  });

  test("the role that applies cannot change itself, the role that plans, or the boundary", () => {
    const actions = [...IAM_ACTIONS, "sts:AssumeRole", "sts:TagSession"];
    fc.assert(
      fc.property(anyFile, (access) => {
        const apply = permissionsOf(access, "apply");
        const resources = [roleArn(roleOf(access, "plan")), roleArn(roleOf(access, "apply")), BOUNDARY];
        const allowed = actions.filter((action) =>
          resources.some((resource) => apply(action, resource, WITHIN) !== "denied"),
        );
        expect(allowed.filter((action) => !LOOKING.test(action))).toEqual([]);
        expect(allowed).toContain("iam:GetRole");
      }),
      cases(6, 200),
    );
  });

  test("no role's permissions, trust policy or boundary can be changed unless it has the account's boundary", () => {
    const others: readonly Keys[] = [
      [["iam:PermissionsBoundary", { state: "absent" }]],
      [["iam:PermissionsBoundary", "arn:aws:iam::aws:policy/AdministratorAccess"]],
      [["iam:PermissionsBoundary", `${BOUNDARY}2`]],
    ];
    const changes = IAM_ACTIONS.filter((action) => !LOOKING.test(action) && !/tag/i.test(action));
    let changed = 0;
    fc.assert(
      fc.property(anyFile, (access) => {
        const apply = permissionsOf(access, "apply");
        for (const role of scopeIn(access).roles) {
          const allowedWith = (keys: Keys) =>
            changes.filter((action) => apply(action, roleArn(role), keys) !== "denied");
          expect(others.flatMap(allowedWith)).toEqual([]);
          changed += allowedWith(WITHIN).length;
        }
      }),
      cases(6, 200),
    );
    expect(changed).toBeGreaterThan(0);
  });

  test("the role that applies writes no other state, and deletes objects only in buckets with forceDestroy", () => {
    fc.assert(
      fc.property(anyFile, fc.constantFrom(...S3_ACTIONS), (access, action) => {
        const apply = permissionsOf(access, "apply");
        for (const stack of ["main-state", "main-pipeline", "main-other"]) {
          const verdict = apply(action, `${STATE}/${stack}.tfstate`);
          expect(verdict).toBe(action === "s3:GetObject" && stack !== "main-other" ? "allowed" : "denied");
        }
        for (const { bucket } of scopeIn(access).roles) {
          if (bucket === undefined) continue;
          const mayGo = bucket.forceDestroy && /^s3:DeleteObject(Version)?$/.test(action);
          expect(apply(action, `arn:aws:s3:::${bucket.name}/index.html`)).toBe(mayGo ? "allowed" : "denied");
        }
      }),
      cases(60, 1_500),
    );
  });
});

describe("example requests", () => {
  const deploy = aRole({ account, path: "/ci/", bucket: aBucket() });
  const access = fileWith([deploy]);
  const [plan, apply] = [permissionsOf(access, "plan"), permissionsOf(access, "apply")];
  const arn = roleArn(deploy);

  test.each<[action: string, resource: string, keys: Keys, plan: string, apply: string]>([
    ["iam:GetRole", arn, [], "allowed", "allowed"],
    ["iam:GetRole", roleArn(roleOf(access, "apply")), [], "allowed", "allowed"],
    ["iam:GetPolicyVersion", BOUNDARY, [], "allowed", "allowed"],
    ["iam:CreateRole", arn, WITHIN, "denied", "allowed"],
    ["iam:PutRolePolicy", arn, WITHIN, "denied", "allowed"],
    ["iam:PutRolePolicy", arn, [], "denied", "unknown"],
    ["iam:UpdateAssumeRolePolicy", arn, WITHIN, "denied", "allowed"],
    ["iam:AttachRolePolicy", arn, WITHIN, "denied", "denied"],
    ["iam:DeleteRolePermissionsBoundary", arn, WITHIN, "denied", "denied"],
    ["s3:GetBucketPolicy", "arn:aws:s3:::acme-website", [], "allowed", "allowed"],
    ["s3:PutBucketPolicy", "arn:aws:s3:::acme-website", [], "denied", "allowed"],
    ["s3:PutBucketPolicy", STATE, [], "denied", "denied"],
    ["s3:GetObject", `${STATE}/main-website.tfstate`, [], "allowed", "allowed"],
    ["s3:PutObject", `${STATE}/main-website.tfstate`, [], "denied", "allowed"],
    ["s3:PutObject", `${STATE}/main-pipeline.tfstate.tflock`, [], "denied", "allowed"],
  ])("%s on %s", (action, resource, keys, ofPlan, ofApply) => {
    expect([plan(action, resource, keys), apply(action, resource, keys)]).toEqual([ofPlan, ofApply]);
  });

  test("only policies in the file can be attached, to roles with the account's boundary", () => {
    const named = {
      ...account,
      boundary: { arn: "arn:aws:iam::123456789012:policy/Own", from: "named" as const },
    };
    const policy = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    const role: Role = aRole({ account: named, policies: [policy] });
    const allowed = permissionsOf(fileWith([role], named), "apply");
    const keys = (boundary: string, attached: string): Keys => [
      ["iam:PermissionsBoundary", boundary],
      ["iam:PolicyARN", attached],
    ];
    const attach = (boundary: string, attached: string) =>
      allowed("iam:AttachRolePolicy", roleArn(role), keys(boundary, attached));
    expect(attach(named.boundary.arn, policy)).toBe("allowed");
    expect(attach(named.boundary.arn, "arn:aws:iam::aws:policy/AdministratorAccess")).toBe("denied");
    expect(attach(BOUNDARY, policy)).toBe("denied");
    expect(allowed("iam:GetPolicy", named.boundary.arn)).toBe("denied");
  });
});
