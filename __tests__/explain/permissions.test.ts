import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { accessFromText } from "../../lib/config/load";
import { ProjectError } from "../../lib/errors";
import { askCan, askWhoCan } from "../../lib/explain/permissions/ask";
import { printCan, printWhoCan } from "../../lib/explain/permissions/print";
import { trustFor } from "../plan/a-plan";

const access = accessFromText(
  `
organization: { id: 6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11 }
accounts: { main: { id: "123456789012", region: us-east-1, state: { bucket: acme-state } } }
people:
  alice: 0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01
  bob: 91d0a1f7-6c0b-4d3e-9a5c-6f1e8d2b3c02
projects:
  website:
    id: 77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03
    repository: github.com/acme/website
    roles:
      deploy:
        people: [alice]
        branches: [main]
        bucket: acme-website
        statements:
          - { Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: "*" }
      audit: { people: [bob], branches: any, policies: ["arn:aws:iam::aws:policy/IAMFullAccess"] }
      other: { people: [bob], branches: any, policies: ["arn:aws:iam::123456789012:policy/own"] }
`,
  "access.yaml",
);

/** Each entry on one line, however it is wrapped. */
const unwrapped = (text: string): string => text.replace(/\n {6}/g, " ");
const printed = (role: string): string => printCan(askCan({ role }, () => access).answers);
const own = (role?: string) =>
  unwrapped(printCan(askCan(role === undefined ? {} : { role }, () => access).answers));
const whoCan = (action: string, on?: string, policy?: string) =>
  unwrapped(
    printWhoCan(
      action,
      on,
      askWhoCan(action, on, policy === undefined ? {} : { policy }, () => access).answers,
    ),
  ).split("\n");

test("--can: what a role may do, the most serious class first", () => {
  expect(own("deploy")).toBe(`website-deploy: alice from main of github.com/acme/website
  all data of a service: read every secret (secretsmanager:GetSecretValue on *)
  may perform s3:ListBucket, s3:ListBucketMultipartUploads on arn:aws:s3:::acme-website
  may perform s3:GetObject, s3:PutObject, s3:DeleteObject, 2 more on arn:aws:s3:::acme-website/*
  may perform secretsmanager:GetSecretValue on every resource`);
  expect(own("audit")).toMatch(/^ {2}privilege escalation: iam:CreatePolicyVersion, and \d+ other ways$/m);
  for (const one of own().split("\n\n")) expect(one.split("\n").length).toBeLessThanOrEqual(10);
});

test("lines are at most 80 columns, continued below; an ARN is not cut", () => {
  expect(printed("deploy")).toContain(`
  may perform s3:GetObject, s3:PutObject, s3:DeleteObject, 2 more on
      arn:aws:s3:::acme-website/*
`);
  for (const role of ["deploy", "audit", "other"])
    for (const line of printed(role).split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});

test("a policy whose contents are not known is named, and no answer is harmless for it", () => {
  expect(own("other")).toBe(`website-other: bob from any ref of github.com/acme/website
  unknown: 1 policy with unknown contents: arn:aws:iam::123456789012:policy/own`);
  expect(whoCan("sqs:SendMessage")).toEqual([
    "sqs:SendMessage on some resource: 0 principals allowed, 1 unknown, 2 denied",
    "  website-other: unknown: the contents of arn:aws:iam::123456789012:policy/own are not known; bob from any ref of github.com/acme/website",
  ]);
});

test("--who-can: who may perform an action on a resource, from where, by which role", () => {
  expect(whoCan("s3:DeleteObject", "arn:aws:s3:::acme-website/index.html")[1]).toBe(
    "  website-deploy: alice from main of github.com/acme/website",
  );
  expect(whoCan("s3:DeleteObject", "arn:aws:s3:::acme-shop/index.html")[0]).toBe(
    "s3:DeleteObject on arn:aws:s3:::acme-shop/index.html: 0 principals allowed, 1 unknown, 2 denied",
  );
  expect(whoCan("s3:DeleteObject", "arn:aws:s3:::*")[1]).toMatch(/; such as on arn:aws:s3:::acme-website\//);
});

describe("with the authorization details of an account", () => {
  let folder: string;
  let file: string;
  const allow = (Action: string, Resource: string, more: object = {}) => ({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action, Resource, ...more }],
  });
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "details-"));
    file = path.join(folder, "details.json");
    const trust = encodeURIComponent(trustFor());
    const boundary = "arn:aws:iam::123456789012:policy/reading";
    const mfa = { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } };
    writeFileSync(
      file,
      JSON.stringify({
        RoleDetailList: [
          {
            RoleName: "publish",
            AssumeRolePolicyDocument: trust,
            RolePolicyList: [{ PolicyName: "s3", PolicyDocument: allow("s3:*", "*") }],
          },
          {
            RoleName: "limited",
            AssumeRolePolicyDocument: trust,
            AttachedManagedPolicies: [{ PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }],
            PermissionsBoundary: { PermissionsBoundaryArn: boundary },
          },
          {
            RoleName: "task",
            AssumeRolePolicyDocument: {
              Version: "2012-10-17",
              Statement: [
                {
                  Effect: "Allow",
                  Principal: { Service: "ecs-tasks.amazonaws.com" },
                  Action: "sts:AssumeRole",
                },
              ],
            },
            AttachedManagedPolicies: [{ PolicyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" }],
          },
        ],
        UserDetailList: [
          {
            UserName: "eve",
            GroupList: ["ops"],
            UserPolicyList: [],
          },
          { UserName: "mallory", GroupList: ["nowhere"] },
        ],
        GroupDetailList: [
          {
            GroupName: "ops",
            GroupPolicyList: [{ PolicyName: "s3", PolicyDocument: allow("s3:Delete*", "*", mfa) }],
          },
        ],
        Policies: [
          {
            Arn: boundary,
            PolicyVersionList: [
              { IsDefaultVersion: false, Document: allow("*", "*") },
              { IsDefaultVersion: true, Document: allow("s3:GetObject", "*") },
            ],
          },
        ],
        IsTruncated: true,
      }),
    );
  });
  test("a listing without any role or user is refused: it does not mean that no principal may", () => {
    const empty = path.join(folder, "empty.json");
    writeFileSync(empty, JSON.stringify({ RoleDetailList: [], UserDetailList: [] }));
    for (const ask of [
      () => askWhoCan("s3:GetObject", undefined, { policy: empty }, () => access),
      () => askCan({ policy: empty }, () => access),
    ])
      expect(ask).toThrow(expect.objectContaining({ code: "policy-input-unknown" }));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test("people by name, other principals, users by their groups; a boundary denies", () => {
    expect(whoCan("s3:DeleteObject", "arn:aws:s3:::acme/x", file)).toEqual([
      "s3:DeleteObject on arn:aws:s3:::acme/x: 3 principals allowed, 1 unknown, 1 denied",
      "  publish: alice from main of github.com/acme/website",
      "  task: ecs-tasks.amazonaws.com",
      "  user eve: holders of its credentials; for requests with MFA",
      "  user mallory: unknown: the contents of group nowhere are not known; holders of its credentials",
    ]);
  });

  test("--can with a boundary, and the listing's missing pages", () => {
    const { answers, incomplete } = askCan({ role: "limited", policy: file }, () => access);
    expect(answers).toMatchObject([{ risks: [{ class: "all-data" }], isLimited: true, unknown: [] }]);
    expect(incomplete).toMatch(/one page of several/);
  });
});

test.each<[call: () => unknown, code: string]>([
  [() => whoCan("s3:DeleteObjekt"), "unknown-action"],
  [() => whoCan("s3:*"), "wrong-call"],
  [() => whoCan("nothing:Get"), "wrong-call"],
  [() => whoCan("s3:GetObject", "acme-website"), "wrong-call"],
  [() => own("deplay"), "unknown-role"],
  [() => askCan({}, () => undefined), "wrong-call"],
])("%s is refused: %s", (call, code) => {
  expect(call).toThrow(ProjectError);
  expect(call).toThrow(expect.objectContaining({ code, exitCode: 2 }));
});
