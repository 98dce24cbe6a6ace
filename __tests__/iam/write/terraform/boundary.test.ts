import fc from "fast-check";
import type { Access, AnyRole } from "../../../../lib/config/model/model";
import { inlinePolicies } from "../../../../lib/iam/write/inline-policies";
import { checkBoundarySize, MANAGED_POLICY_QUOTA } from "../../../../lib/iam/write/quotas";
import { writeBoundary } from "../../../../lib/iam/write/terraform/boundary";
import { aBucket, aRole } from "../../../fixtures/access";
import { cases } from "../../automata/cases";
import { everyPreset } from "../deploys/every-preset";
import { account, anyFile, fileWith, roleOf } from "./a-file";
import { IAM_ACTIONS, type Keys, S3_ACTIONS, verdictsOf } from "./calls";

const TASK_ROLES = everyPreset.ecs.taskRoles;
const CDK_ROLES = ["deploy", "file-publishing", "image-publishing", "lookup"].map(
  (role) => `arn:aws:iam::123456789012:role/cdk-hnb659fds-${role}-role-123456789012-us-east-1`,
);
const STATE = "arn:aws:s3:::acme-terraform-state";

function ordinary(access: Access): readonly AnyRole[] {
  return roleOf(access, "apply").terraform?.roles ?? [];
}

const BUCKETS_AND_OBJECTS = ["acme-a", "acme-a-2", "acme-b", "shared", "elsewhere"].flatMap((name) => [
  `arn:aws:s3:::${name}`,
  `arn:aws:s3:::${name}/index.html`,
]);
const ROLES = ["task-a", "task-b", "cdk-a-deploy-role-123456789012-us-east-1", "administrator", "website-r0"];
const KMS_KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd";

/** Actions, and resources of their service. */
const REQUESTS: readonly (readonly [actions: readonly string[], resources: readonly string[]])[] = [
  [S3_ACTIONS, [...BUCKETS_AND_OBJECTS, STATE, `${STATE}/main-website.tfstate`]],
  [
    [...IAM_ACTIONS, "sts:AssumeRole"],
    [...ROLES.map((name) => `arn:aws:iam::123456789012:role/${name}`), "*"],
  ],
  [["kms:Decrypt", "kms:GenerateDataKey", "kms:ScheduleKeyDeletion"], [KMS_KEY]],
  [
    ["cloudfront:CreateInvalidation", "cloudfront:CreateDistribution", "organizations:LeaveOrganization"],
    ["*"],
  ],
  [["sqs:SendMessage", "sqs:DeleteQueue"], ["*"]],
];
const anyKeys = fc.constantFrom<Keys>(
  [
    ["aws:PrincipalTag/team", "web"],
    ["iam:PassedToService", "ecs-tasks.amazonaws.com"],
    ["s3:prefix", "index.html"],
    ["aws:SecureTransport", "true"],
    ["kms:ViaService", "s3.us-east-1.amazonaws.com"],
  ],
  [
    ["aws:PrincipalTag/team", "ops"],
    ["iam:PassedToService", "ec2.amazonaws.com"],
    ["s3:prefix", ""],
    ["aws:SecureTransport", "false"],
    ["kms:ViaService", "ec2.us-east-1.amazonaws.com"],
  ],
);

interface Call {
  readonly action: string;
  readonly resource: string;
}

const CALLS: readonly Call[] = REQUESTS.flatMap(([actions, resources]) =>
  actions.flatMap((action) => resources.map((resource) => ({ action, resource }))),
);

function isOfState({ action, resource }: Call): boolean {
  return action.startsWith("s3:") && resource.startsWith(STATE);
}

const FORBIDDEN = /^(account|iam|identitystore|organizations|sso|sts):/;

/** A file with a role whose statements allow access to Terraform state. */
const everythingInS3 = fileWith([
  aRole({ key: "r0", account, statements: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] }),
]);

describe("for any file, the boundary", () => {
  test("keeps all of a role's permissions in the file, except access to Terraform state", () => {
    const compared = { kept: 0, state: 0 };
    fc.assert(
      fc.property(anyFile, anyKeys, (access, keys) => {
        const boundary = writeBoundary(ordinary(access), account);
        for (const role of ordinary(access)) {
          const own = inlinePolicies(role).map(({ document }) => document);
          const [alone, within] = [verdictsOf(own), verdictsOf(own, boundary)];
          const granted = CALLS.filter(({ action, resource }) => alone(action, resource, keys) === "allowed");
          const verdicts = granted.map((call) => within(call.action, call.resource, keys));
          expect(verdicts).toEqual(granted.map((call) => (isOfState(call) ? "denied" : "allowed")));
          compared.state += granted.filter(isOfState).length;
          compared.kept += granted.length - granted.filter(isOfState).length;
        }
      }),
      { ...cases(5, 200), examples: [[everythingInS3, []]] },
    );
    expect(Math.min(compared.kept, compared.state)).toBeGreaterThan(0);
  });

  test("allows nothing that the file grants to no role, for any policies of a role", () => {
    const everything = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
    } as const;
    let compared = 0;
    fc.assert(
      fc.property(anyFile, anyKeys, (access, keys) => {
        const boundary = writeBoundary(ordinary(access), account);
        const limited = verdictsOf([everything], boundary);
        const allowed = CALLS.filter(({ action, resource }) => limited(action, resource, keys) !== "denied");
        const given = ordinary(access).flatMap((role) =>
          inlinePolicies(role).map(({ document }) => ({
            ...document,
            Statement: document.Statement.filter(({ Effect }) => Effect === "Allow"),
          })),
        );
        const granted = verdictsOf(given.filter(({ Statement }) => Statement.length > 0));
        expect(
          allowed.filter(({ action, resource }) => granted(action, resource, keys) !== "allowed"),
        ).toEqual([]);
        const management = allowed.map(({ action }) => action).filter((action) => FORBIDDEN.test(action));
        expect(management.filter((action) => !/^(iam:PassRole|sts:AssumeRole)$/.test(action))).toEqual([]);
        expect(allowed.filter(isOfState)).toEqual([]);
        compared += allowed.length;
      }),
      cases(5, 200),
    );
    expect(compared).toBeGreaterThan(0);
  });
});

test("a boundary, complete", () => {
  const roles = [
    aRole({ account, bucket: aBucket() }),
    aRole({
      account,
      bucket: aBucket({ name: "acme-b" }),
      statements: [
        { Sid: "Own", Effect: "Allow", Action: "cloudfront:CreateInvalidation", Resource: "*" },
        { Effect: "Deny", Action: "s3:DeleteObject", Resource: "*" },
      ],
    }),
  ];
  expect(writeBoundary(roles, account)).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ListOwnBucket",
        Effect: "Allow",
        Action: ["s3:ListBucket", "s3:ListBucketMultipartUploads"],
        Resource: ["arn:aws:s3:::acme-website", "arn:aws:s3:::acme-b"],
      },
      {
        Sid: "UseObjectsInIt",
        Effect: "Allow",
        Action: [
          ...["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
          ...["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
        ],
        Resource: ["arn:aws:s3:::acme-website/*", "arn:aws:s3:::acme-b/*"],
      },
      { Effect: "Allow", Action: "cloudfront:CreateInvalidation", Resource: "*" },
      {
        Sid: "NoRightsToGiveRights",
        Effect: "Deny",
        Action: ["account:*", "iam:*", "identitystore:*", "organizations:*", "sso:*", "sts:*"],
        Resource: "*",
      },
      { Sid: "NoStates", Effect: "Deny", Action: "s3:*", Resource: [STATE, `${STATE}/*`] },
    ],
  });
});

test("of roles that presets pass and assume, the boundary allows only that", () => {
  const role = aRole({ account, deploys: everyPreset });
  const boundary = writeBoundary([role], account);
  expect(boundary.Statement.filter(({ Effect }) => Effect === "Deny")).toEqual([
    {
      Sid: "NoRightsToGiveRights",
      Effect: "Deny",
      Action: ["account:*", "iam:*", "identitystore:*", "organizations:*", "sso:*", "sts:*"],
      NotResource: [...TASK_ROLES, ...CDK_ROLES],
    },
    { Effect: "Deny", NotAction: "iam:PassRole", Resource: TASK_ROLES },
    { Effect: "Deny", NotAction: "sts:AssumeRole", Resource: CDK_ROLES },
    { Sid: "NoStates", Effect: "Deny", Action: "s3:*", Resource: [STATE, `${STATE}/*`] },
  ]);
  const anything = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  } as const;
  const verdict = verdictsOf([anything], boundary);
  const toTasks: Keys = [["iam:PassedToService", "ecs-tasks.amazonaws.com"]];
  for (const arn of TASK_ROLES) {
    expect(verdict("iam:PassRole", arn, toTasks)).toBe("allowed");
    expect(verdict("iam:PassRole", arn, [["iam:PassedToService", "ec2.amazonaws.com"]])).toBe("denied");
    for (const action of ["iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy", "sts:AssumeRole"])
      expect(verdict(action, arn, toTasks)).toBe("denied");
  }
  for (const arn of CDK_ROLES) {
    expect(verdict("sts:AssumeRole", arn)).toBe("allowed");
    expect(verdict("iam:PassRole", arn, toTasks)).toBe("denied");
  }
  expect(checkBoundarySize(roleOf(fileWith([role]), "apply"))).toBeUndefined();
});

test("the error for a boundary that is too long for IAM gives the excess", () => {
  const withStatements = (count: number) =>
    fileWith([
      aRole({
        account,
        statements: Array.from({ length: count }, (_, index) => ({
          Effect: "Allow" as const,
          Action: "s3:GetObject",
          Resource: `arn:aws:s3:::shared-${index}-${"x".repeat(100)}/*`,
        })),
      }),
    ]);
  expect(checkBoundarySize(roleOf(withStatements(20), "apply"))).toBeUndefined();
  const problem = checkBoundarySize(roleOf(withStatements(40), "apply"));
  const size = Number(problem?.found.split(" ")[0]);
  expect(size).toBeGreaterThan(MANAGED_POLICY_QUOTA);
  expect(problem).toMatchObject({
    code: "boundary-too-long",
    message: expect.stringContaining(`${size - MANAGED_POLICY_QUOTA} characters too long`),
  });
  expect(checkBoundarySize(roleOf(withStatements(40), "plan"))).toBeUndefined();
});
