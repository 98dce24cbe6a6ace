import path from "node:path";
import { failsOn } from "../../lib/audit/audit";
import { printAudit } from "../../lib/audit/print";
import { audit, everyProject, exact, Inputs, inShort, ofLambda, trust } from "./a-file";

let inputs: Inputs;
beforeEach(() => {
  inputs = new Inputs();
});
afterEach(() => inputs.remove());

const text = JSON.stringify;

function planned(values: object, marks: object = {}, actions: readonly string[] = ["create"]) {
  return {
    address: "module.m.aws_iam_role.r",
    type: "aws_iam_role",
    mode: "managed",
    name: "r",
    change: { actions, before: null, after: { name: "deploy", ...values }, ...marks },
  };
}

function plan(changes: readonly object[], more: object = {}) {
  return { format_version: "1.2", planned_values: { root_module: {} }, resource_changes: changes, ...more };
}

const undecided = {
  found: ["deploy policy-not-decided"],
  audited: 0,
  notDecided: 1,
  otherIssuers: 0,
  others: 0,
};

describe("a plan", () => {
  test("whose trust policy is known only after apply is undetermined, at every severity", () => {
    const result = inputs.audit(plan([planned({}, { after_unknown: { assume_role_policy: true } })]));
    expect(inShort(result)).toEqual(undecided);
    expect(failsOn(result, "high")).toBe(true);
    expect(printAudit(result)).toMatch(/\n\n0 trust policies allow CircleCI; 1 role could not be audited$/);
    expect(printAudit(result)).not.toContain("0 findings");
  });

  test("whose trust policy is known and exact is clean", () => {
    const result = inputs.audit(plan([planned({ assume_role_policy: text(exact) })]));
    expect([inShort(result), failsOn(result, "low")]).toEqual([
      { found: [], audited: 1, notDecided: 0, otherIssuers: 0, others: 0 },
      false,
    ]);
  });

  test.each<[what: string, plan: object]>([
    [
      "a role that is deferred",
      plan([], { deferred_changes: [{ reason: "provider_config_unknown", resource_change: planned({}) }] }),
    ],
    ["a role with an unknown action", plan([planned({}, { after: null }, ["conjure"])])],
    ["a role of the Cloud Control API", plan([{ ...planned({}), type: "awscc_iam_role" }])],
  ])("%s is undetermined", (_, content) => {
    expect(inputs.audit(content)).toMatchObject({ audited: 0, notDecided: 1 });
  });

  test("a role removed from the state still exists; a destroyed one does not", () => {
    const gone = (actions: readonly string[]) =>
      plan([
        planned(
          {},
          { before: { name: "deploy", assume_role_policy: text(everyProject) }, after: null },
          actions,
        ),
      ]);
    expect(inShort(inputs.audit(gone(["forget"])))).toMatchObject({ audited: 1 });
    expect(inShort(inputs.audit(gone(["delete"])))).toMatchObject({ found: [], audited: 0, notDecided: 0 });
    const both = { before: { name: "old", assume_role_policy: text(everyProject) } };
    const made = { assume_role_policy: text(exact) };
    for (const actions of [
      ["create", "forget"],
      ["forget", "create"],
    ])
      expect(inShort(inputs.audit(plan([planned(made, both, actions)])))).toMatchObject({
        audited: 2,
        found: expect.arrayContaining(["old project-wildcard"]),
      });
  });

  test("with errors is incomplete", () => {
    const result = inputs.audit(plan([], { errored: true }));
    expect(failsOn(result, "high")).toBe(true);
    expect(printAudit(result)).toContain("is incomplete: the plan has errors");
  });

  test("of an unknown format is an error", () => {
    expect(() => inputs.audit(plan([], { format_version: "2.0" }))).toThrow(/format version "2.0"/);
  });

  test("stacks and Cloud Control resources are read, and undetermined without their contents", () => {
    const body = {
      Resources: {
        Deploy: { Type: "AWS::IAM::Role", Properties: { AssumeRolePolicyDocument: everyProject } },
      },
    };
    const stack = (values: object) =>
      inShort(
        inputs.audit(
          plan([
            { ...planned(values), address: "aws_cloudformation_stack.s", type: "aws_cloudformation_stack" },
          ]),
        ),
      );
    expect(stack({ template_body: text(body) }).found).toContain(
      "aws_cloudformation_stack.s Deploy project-wildcard",
    );
    expect(stack({ template_url: "https://b.s3.amazonaws.com/t" }).found).toEqual([
      "aws_cloudformation_stack.s policy-not-decided",
    ]);
    const control = (values: object) =>
      inShort(
        inputs.audit(plan([{ ...planned(values), address: "c", type: "aws_cloudcontrolapi_resource" }])),
      );
    expect(
      control({
        type_name: "AWS::IAM::Role",
        desired_state: text({ AssumeRolePolicyDocument: everyProject }),
      }).found,
    ).toContain("c project-wildcard");
    expect(control({ type_name: "AWS::IAM::Role" }).found).toEqual(["c policy-not-decided"]);
    expect(control({}).found).toEqual(["c policy-not-decided"]);
    expect(control({ type_name: "AWS::S3::Bucket" }).found).toEqual([]);
  });
});

describe("a folder", () => {
  test("with an unreadable policy is undetermined", () => {
    inputs.write(ofLambda, "a.json");
    inputs.write({ Version: "2012-10-17", Statement: [{ Effect: "allow" }] }, "b.json");
    inputs.write('{"Version": "2012-10-17", "Statement": [', "c.json");
    inputs.write("Resources: {Role: {Type: 'AWS::IAM::Role', AssumeRolePolicyDocument: {", "d.yaml");
    const result = audit(inputs.folder);
    expect(result.unread.map(({ file }) => path.basename(file))).toEqual(["b.json", "c.json", "d.yaml"]);
    expect(failsOn(result, "high")).toBe(true);
    expect(printAudit(result)).toMatch(
      /0 trust policies allow CircleCI; 3 files could not be read; 1 other role$/,
    );
  });

  test("with files that hold no policy lists them as skipped, and is clean", () => {
    inputs.write(ofLambda, "a.json");
    inputs.write({ name: "package" }, "package.json");
    inputs.write("name: build\non: push\n", "workflow.yml");
    inputs.write("{{ if .Values.a }}\na: {{ .Values.b }}\n{{ end }}", path.join("chart", "helm.yaml"));
    inputs.write(everyProject, path.join("node_modules", "copy.json"));
    const result = audit(inputs.folder);
    expect(result.skipped.map(({ file }) => path.relative(inputs.folder, file)).sort()).toEqual([
      path.join("chart", "helm.yaml"),
      "node_modules",
      "package.json",
      "workflow.yml",
    ]);
    expect([result.unread, failsOn(result, "low")]).toEqual([[], false]);
  });

  test("recognizes states and templates by their names", () => {
    inputs.write(ofLambda, "a.template");
    inputs.write({ version: 4, serial: 1, lineage: "x", resources: [] }, "terraform.tfstate");
    expect(inShort(audit(inputs.folder))).toMatchObject({ others: 1, notDecided: 0 });
  });
});

describe("roles that trust other principals", () => {
  const GITHUB = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";
  const github = trust("repo:octo*", GITHUB, "token.actions.githubusercontent.com");

  test("are counted, and the summary says that they were not examined", () => {
    const result = inputs.audit(github);
    expect(inShort(result)).toEqual({ found: [], audited: 0, notDecided: 0, otherIssuers: 1, others: 0 });
    expect(printAudit(result)).toContain("1 role trusts other issuers, which audit does not examine");
    expect(printAudit(inputs.audit(ofLambda))).toMatch(/; 1 other role$/);
  });

  test("that also trust CircleCI count as both", () => {
    const both = { Version: "2012-10-17", Statement: [...exact.Statement, ...github.Statement] };
    expect(inShort(inputs.audit(both))).toMatchObject({ audited: 1, otherIssuers: 1, others: 0 });
  });

  test("that trust all principals are a finding, although they name no provider", () => {
    const open = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole*" }],
    };
    expect(inputs.audit(open).findings.map(({ id, severity }) => [id, severity])).toEqual([
      ["everyone-let-in", "high"],
    ]);
  });
});
