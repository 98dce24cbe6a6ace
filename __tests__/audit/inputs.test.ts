import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../../lib/programs/cache";
import { errorOf } from "../fixtures/project-error";
import { audit, foundIn, Inputs } from "./a-file";

const EXAMPLE = path.join(repositoryRoot, "examples", "branch-pin", "trust-policy.json");
const pinned: object = JSON.parse(readFileSync(EXAMPLE, "utf8"));
const ec2 = {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
};
const everyProject: object = JSON.parse(readFileSync(EXAMPLE, "utf8").replace(/project\/[^"]*/, "*"));
const encoded = (document: object): string => encodeURIComponent(JSON.stringify(document));

let inputs: Inputs;
beforeEach(() => {
  inputs = new Inputs();
});
afterEach(() => inputs.remove());

const fileWith = (content: unknown, name?: string): string => inputs.write(content, name);

describe("input formats", () => {
  test("aws iam get-role and list-roles, with documents as objects or encoded", () => {
    const role = (name: string, document: unknown) => ({
      RoleName: name,
      AssumeRolePolicyDocument: document,
    });
    expect(foundIn(audit(fileWith({ Role: role("site", pinned) })))).toEqual({
      found: ["site wildcard-past-field", "site origin-not-pinned"],
      audited: 1,
      others: 0,
    });
    const list = [role("site", encoded(pinned)), role("server", ec2)];
    expect(foundIn(audit(fileWith({ Roles: list })))).toMatchObject({ audited: 1, others: 1 });
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
    const found = (change: object) => foundIn(audit(details(change)));
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
      const { found } = foundIn(
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
      foundIn(audit(fileWith({ format_version: "1.2", planned_values: { root_module } }))),
    ).toMatchObject({ found: expected });
    expect(foundIn(audit(fileWith({ format_version: "1.0", values: { root_module } })))).toMatchObject({
      found: expected,
    });
    const within = {
      resources: root_module.resources.map(({ values, ...rest }) => ({
        ...rest,
        values: { ...values, permissions_boundary: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
      })),
    };
    expect(
      foundIn(audit(fileWith({ format_version: "1.0", values: { root_module: within } }))),
    ).toMatchObject({
      found: expect.not.arrayContaining(["site project-wildcard-with-admin"]),
    });
  });

  test("a folder, with skipped files listed; links are not followed", () => {
    fileWith(pinned, "a.json");
    fileWith("not JSON", "b.json");
    fileWith({ name: "package" }, "c.json");
    fileWith("text", "d.txt");
    mkdirSync(path.join(inputs.folder, "more"));
    fileWith(ec2, path.join("more", "e.json"));
    symlinkSync(inputs.folder, path.join(inputs.folder, "more", "around"));
    const result = audit(inputs.folder);
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
      foundIn(
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
    expect(errorOf(() => audit(inputs.folder)).code).toBe("policy-input-unknown");
    expect(errorOf(() => audit(path.join(inputs.folder, "nowhere.json"))).code).toBe("input-missing");
  });
});
