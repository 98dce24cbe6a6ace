import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type AuditResult, auditAccess, auditInputs, failsOn } from "../../lib/audit/audit";
import { readInputs } from "../../lib/audit/inputs/read-inputs";
import { printAudit, printAuditAsJson } from "../../lib/audit/print";
import { printSarif } from "../../lib/audit/sarif";
import { FINDINGS } from "../../lib/iam/audit/core/finding";
import { repositoryRoot } from "../../lib/programs/cache";
import { readAccess } from "../../lib/project/read-access";
import { aGrant, anAccess, anyRef, anyRefOrNone, aProject, aRole, everyone } from "../fixtures/access";
import { errorOf } from "../fixtures/project-error";
import { audit } from "./a-file";

const EXAMPLE = path.join(repositoryRoot, "examples", "branch-pin", "trust-policy.json");
const pinned: object = JSON.parse(readFileSync(EXAMPLE, "utf8"));
const ec2 = {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
};
const everyProject: object = JSON.parse(readFileSync(EXAMPLE, "utf8").replace(/project\/[^"]*/, "*"));
const encoded = (document: object): string => encodeURIComponent(JSON.stringify(document));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "audit-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function fileWith(content: unknown, name = "input.json"): string {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content, null, 2));
  return file;
}

function inShort({ findings, audited, others }: AuditResult) {
  return { found: findings.map(({ role, id }) => `${role} ${id}`), audited, others };
}

describe("input formats", () => {
  test("aws iam get-role and list-roles, with documents as objects or encoded", () => {
    const role = (name: string, document: unknown) => ({
      RoleName: name,
      AssumeRolePolicyDocument: document,
    });
    expect(inShort(audit(fileWith({ Role: role("site", pinned) })))).toEqual({
      found: ["site wildcard-past-field", "site origin-not-pinned"],
      audited: 1,
      others: 0,
    });
    const list = [role("site", encoded(pinned)), role("server", ec2)];
    expect(inShort(audit(fileWith({ Roles: list })))).toMatchObject({ audited: 1, others: 1 });
  });

  test("get-account-authorization-details, which contains the administrators", () => {
    const details = (change: object) =>
      fileWith({
        RoleDetailList: [
          {
            RoleName: "site",
            AssumeRolePolicyDocument: everyProject,
            RolePolicyList: [],
            AttachedManagedPolicies: [],
            ...change,
          },
        ],
      });
    const admin = "site project-wildcard-with-admin";
    const attached = [
      { PolicyName: "AdministratorAccess", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
    ];
    const all = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
    const some = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] };
    const found = (change: object) => inShort(audit(details(change)));
    expect(found({ AttachedManagedPolicies: attached })).toMatchObject({
      found: expect.arrayContaining([admin]),
    });
    expect(found({ RolePolicyList: [{ PolicyName: "all", PolicyDocument: encoded(all) }] })).toMatchObject({
      found: expect.arrayContaining([admin]),
    });
    expect(found({ RolePolicyList: [{ PolicyName: "some", PolicyDocument: some }] })).toMatchObject({
      found: expect.not.arrayContaining([admin]),
    });
  });

  describe("an administrator is who can do everything or give itself everything, by the contents of policies", () => {
    const AWS = "arn:aws:iam::aws:policy/";
    const own = "arn:aws:iam::123456789012:policy/own";
    const allow = (...actions: readonly string[]) => ({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }],
    });
    const isAdmin = (change: object, policy: object = allow("s3:*")) => {
      const PolicyVersionList = [
        { Document: allow("*"), VersionId: "v1", IsDefaultVersion: false },
        { Document: encoded(policy), VersionId: "v2", IsDefaultVersion: true },
      ];
      const role = { RoleName: "site", AssumeRolePolicyDocument: everyProject, ...change };
      const { found } = inShort(
        audit(fileWith({ RoleDetailList: [role], Policies: [{ Arn: own, PolicyVersionList }] })),
      );
      expect(found).toContain("site project-wildcard");
      return found.includes("site project-wildcard-with-admin");
    };
    const attached = (arn: string) => ({ AttachedManagedPolicies: [{ PolicyArn: arn }] });
    const within = (arn: string) => ({ PermissionsBoundary: { PermissionsBoundaryArn: arn } });

    test.each([
      ["AdministratorAccess", true],
      ["PowerUserAccess", true],
      ["IAMFullAccess", true],
      // It may change a Glue development endpoint, and connect to it as its role.
      ["service-role/AWSGlueServiceRole", true],
      ["AmazonS3FullAccess", false],
      ["ReadOnlyAccess", false],
      ["SecurityAudit", false],
      ["IAMReadOnlyAccess", false],
    ])("of AWS's %s: %s", (name, is) => {
      expect(isAdmin(attached(AWS + name))).toBe(is);
    });

    test("a customer managed policy, by its default version", () => {
      expect(isAdmin(attached(own), allow("*"))).toBe(true);
      expect(isAdmin(attached(own), allow("iam:CreatePolicyVersion"))).toBe(true);
      expect(isAdmin(attached(own), allow("iam:GetPolicyVersion"))).toBe(false);
      // Its name is all that it has of AWS's.
      expect(isAdmin(attached("arn:aws:iam::123456789012:policy/AdministratorAccess"))).toBe(false);
    });

    test("within a permissions boundary, which may be of AWS or the customer's; an unknown one limits nothing", () => {
      const everything = attached(`${AWS}AdministratorAccess`);
      expect(isAdmin({ ...everything, ...within(`${AWS}ReadOnlyAccess`) })).toBe(false);
      expect(isAdmin({ ...everything, ...within(`${AWS}PowerUserAccess`) })).toBe(true);
      expect(isAdmin({ ...everything, ...within(own) }, allow("s3:*"))).toBe(false);
      expect(isAdmin({ ...everything, ...within(own) }, allow("s3:*", "iam:PutRolePolicy"))).toBe(true);
      expect(isAdmin({ ...everything, ...within("arn:aws:iam::123456789012:policy/unknown") })).toBe(true);
    });

    test("a Deny counts", () => {
      const Statement = [
        { Effect: "Allow", Action: "*", Resource: "*" },
        { Effect: "Deny", NotAction: "s3:*", Resource: "*" },
      ];
      const inline = { PolicyName: "all", PolicyDocument: { Version: "2012-10-17", Statement } };
      expect(isAdmin({ RolePolicyList: [inline] })).toBe(false);
      expect(isAdmin({ RolePolicyList: [{ ...inline, PolicyDocument: allow("*") }] })).toBe(true);
    });
  });

  test("terraform show -json, of a plan and of a state, with modules; a policy that is known only after apply is not clean", () => {
    const role = (address: string, values: object) => ({ address, type: "aws_iam_role", values });
    const root_module = {
      resources: [
        role("aws_iam_role.site", { name: "site", assume_role_policy: JSON.stringify(everyProject) }),
        {
          address: "aws_iam_role_policy_attachment.a",
          type: "aws_iam_role_policy_attachment",
          values: { role: "site", policy_arn: "arn:aws:iam::aws:policy/IAMFullAccess" },
        },
      ],
      child_modules: [{ resources: [role("module.a.aws_iam_role.later", { name: "later" })] }],
    };
    const expected = expect.arrayContaining(["site project-wildcard-with-admin", "later policy-not-decided"]);
    expect(
      inShort(audit(fileWith({ format_version: "1.2", planned_values: { root_module } }))),
    ).toMatchObject({ found: expected });
    expect(inShort(audit(fileWith({ format_version: "1.0", values: { root_module } })))).toMatchObject({
      found: expected,
    });
    const within = {
      resources: root_module.resources.map(({ values, ...rest }) => ({
        ...rest,
        values: { ...values, permissions_boundary: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
      })),
    };
    expect(
      inShort(audit(fileWith({ format_version: "1.0", values: { root_module: within } }))),
    ).toMatchObject({
      found: expect.not.arrayContaining(["site project-wildcard-with-admin"]),
    });
  });

  test("a folder, with skipped files listed; links are not followed", () => {
    fileWith(pinned, "a.json");
    fileWith("not JSON", "b.json");
    fileWith({ name: "package" }, "c.json");
    fileWith("text", "d.txt");
    mkdirSync(path.join(folder, "more"));
    fileWith(ec2, path.join("more", "e.json"));
    symlinkSync(folder, path.join(folder, "more", "around"));
    const result = audit(folder);
    expect([result.audited, result.others]).toEqual([1, 1]);
    expect(result.skipped.map(({ file }) => path.basename(file))).toEqual(["b.json", "c.json"]);
  });

  test("an unreadable policy in a listing is a finding, and hides no other", () => {
    const Roles = [
      { RoleName: "broken", AssumeRolePolicyDocument: { Statement: [{ Effect: "allow" }] } },
      { RoleName: "site", AssumeRolePolicyDocument: pinned },
    ];
    const { findings } = audit(fileWith({ Roles }));
    expect(findings.map(({ role }) => role)).toEqual(expect.arrayContaining(["broken", "site"]));
    expect(findings.find(({ role }) => role === "broken")).toMatchObject({
      id: "policy-not-decided",
      message: expect.stringContaining("Roles[0].AssumeRolePolicyDocument.Statement[0].Effect"),
    });
  });

  test("roles that trust two providers for one issuer that differ in a slash; in two accounts that is no finding", () => {
    const withProvider = (change: (arn: string) => string): object =>
      JSON.parse(JSON.stringify(pinned).replace(/arn:aws:iam[^"]*/, change));
    const found = (change: (arn: string) => string): object =>
      inShort(
        audit(
          fileWith({
            Roles: [pinned, withProvider(change)].map((one, at) => ({
              RoleName: `role-${at}`,
              AssumeRolePolicyDocument: one,
            })),
          }),
        ),
      );
    expect(found((arn) => `${arn}/`)).toMatchObject({
      found: expect.arrayContaining(["role-0 duplicate-provider"]),
    });
    expect(found((arn) => arn.replace("123456789012", "210987654321"))).toMatchObject({
      found: expect.not.arrayContaining(["role-0 duplicate-provider"]),
    });
  });

  test("one page of several is incomplete", () => {
    expect(audit(fileWith({ Roles: [], IsTruncated: true, Marker: "more" })).incomplete).toHaveLength(1);
    expect(audit(fileWith({ Roles: [], IsTruncated: false })).incomplete).toEqual([]);
  });
});

describe("input without a policy exits with 2 and an error", () => {
  test.each<[what: string, content: unknown, code: string]>([
    ["another document", { name: "package" }, "policy-input-unknown"],
    ["a list", [], "policy-input-unknown"],
    ["an empty file", "", "json-not-read"],
    ["a truncated file", '{"Statement": [', "json-not-read"],
    ["an invalid policy", { Statement: [] }, "policy-not-read"],
  ])("%s", (_, content, code) => {
    const error = errorOf(() => audit(fileWith(content)));
    expect([error.code, error.exitCode]).toEqual([code, 2]);
    expect(error.message).toContain("input.json");
  });

  test("an empty folder, and a missing file", () => {
    expect(errorOf(() => audit(folder)).code).toBe("policy-input-unknown");
    expect(errorOf(() => audit(path.join(folder, "nowhere.json"))).code).toBe("input-missing");
  });
});

test("the roles of this project's example have no finding", () => {
  const file = path.join(repositoryRoot, "examples", "talk", "access.yaml");
  expect(inShort(auditAccess(readAccess(file), file))).toEqual({ found: [], audited: 2, others: 0 });
});

test("a role in access.yaml with tokensWithoutOrigin has a finding that explains the risk", () => {
  const roles = aProject({
    roles: [
      aRole({ key: "preview", name: "preview", grant: aGrant({ people: everyone, refs: anyRef }) }),
      aRole({ key: "nightly", name: "nightly", grant: aGrant({ people: everyone, refs: anyRefOrNone }) }),
    ],
  });
  const result = auditAccess(anAccess({ projects: [roles] }), "access.yaml");
  expect(inShort(result)).toEqual({ found: ["nightly tokens-without-origin"], audited: 2, others: 0 });
  expect(printAudit(result)).toContain("code from any repository, including forks");
  expect([failsOn(result, "high"), failsOn(result, "medium")]).toEqual([false, true]);
});

test("a gate fails on findings of its severity or higher", () => {
  const result = audit(EXAMPLE);
  const medium = { ...result, findings: result.findings.filter(({ severity }) => severity === "medium") };
  expect([failsOn(result, "high"), failsOn(medium, "high")]).toEqual([true, false]);
  expect([
    failsOn(medium, "medium"),
    failsOn(medium, "low"),
    failsOn({ ...result, findings: [] }, "low"),
  ]).toEqual([true, true, false]);
});

describe("output", () => {
  test("for people: the branch that bypasses the pin, and the finding's help", () => {
    const text = printAudit(audit(EXAMPLE));
    expect(text).toContain("a job on vcs-ref/refs/heads/main of github.com/acme/x");
    expect(text).toContain("docs/findings.md#wildcard-past-field");
  });

  test("for a role that allows no token: the mistake, the correction, and a separate count", () => {
    const wrong = JSON.parse(
      readFileSync(EXAMPLE, "utf8").replace("sts:AssumeRoleWithWebIdentity", "sts:AssumeRole"),
    );
    const federatingUrl = JSON.parse(
      readFileSync(EXAMPLE, "utf8").replace(/arn:aws:iam::[0-9]*:oidc-provider\//, "https://"),
    );
    const result = audit(fileWith(wrong));
    expect(inShort(result)).toMatchObject({ audited: 0, others: 0 });
    expect(result).toMatchObject({ lettingNobodyIn: 1, otherIssuers: 0, notDecided: 0 });
    const text = printAudit(result);
    expect(text).toContain("MEDIUM wrong-action");
    expect(text).toMatch(
      /\n\n0 trust policies allow CircleCI, 1 finding; 1 role names CircleCI but allows none of its tokens$/,
    );
    const Roles = [wrong, federatingUrl, pinned].map((AssumeRolePolicyDocument, at) => ({
      RoleName: `role-${at}`,
      AssumeRolePolicyDocument,
    }));
    const several = audit(fileWith({ Roles }));
    expect(several).toMatchObject({ audited: 1, lettingNobodyIn: 2, otherIssuers: 0 });
    expect(printAudit(several)).toContain("; 2 roles name CircleCI but allow none of its tokens");
    const sarif = JSON.parse(printSarif(result));
    expect(sarif.runs[0].results[0]).toMatchObject({ ruleId: "wrong-action", level: "warning" });
  });

  test("for programs", () => {
    expect(JSON.parse(printAuditAsJson(audit(EXAMPLE)))).toMatchObject({
      findings: [
        { id: "wildcard-past-field", severity: "high", help: "docs/findings.md#wildcard-past-field" },
        {},
      ],
      audited: 1,
    });
  });

  test("as SARIF: the required fields, the line, and the same bytes for the same findings", () => {
    const inputs = readInputs([EXAMPLE]);
    const text = printSarif(auditInputs(inputs), inputs.sources);
    expect(printSarif(auditInputs(inputs), inputs.sources)).toBe(text);
    const { version, runs } = JSON.parse(text);
    expect(version).toBe("2.1.0");
    const [{ tool, results }] = runs;
    expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(Object.keys(FINDINGS));
    const line =
      readFileSync(EXAMPLE, "utf8")
        .split("\n")
        .findIndex((one) => one.includes('"org/')) + 1;
    expect(results[0]).toMatchObject({
      ruleId: "wildcard-past-field",
      ruleIndex: tool.driver.rules.findIndex(({ id }: { id: string }) => id === "wildcard-past-field"),
      level: "error",
      message: { text: expect.stringContaining("vcs-ref/refs/heads/main") },
      locations: [{ physicalLocation: { region: { startLine: line } } }],
    });
  });
});

test("docs/findings.md has exactly one section for each finding", () => {
  const text = readFileSync(path.join(repositoryRoot, "docs", "findings.md"), "utf8");
  const sections = [...text.matchAll(/^## (\S+)\n\n\*(\w+)\*/gm)].map(([, id = "", severity]) => [
    id,
    severity,
  ]);
  expect(Object.fromEntries(sections)).toEqual(FINDINGS);
});
