import { gzipSync } from "node:zlib";
import { printAudit } from "../../lib/audit/print";
import { errorOf } from "../fixtures/project-error";
import { everyProject, exact, Inputs, inShort, ofLambda } from "./a-file";

let inputs: Inputs;
beforeEach(() => {
  inputs = new Inputs();
});
afterEach(() => inputs.remove());

const text = JSON.stringify;
const encoded = (document: object) => encodeURIComponent(text(document));
const role = (name: string, document: unknown) => ({ RoleName: name, AssumeRolePolicyDocument: document });

const item = (configuration: unknown, more: object = {}) => ({
  resourceType: "AWS::IAM::Role",
  resourceName: "site",
  configuration,
  ...more,
});
const configured = (document: object) =>
  text({ roleName: "site", assumeRolePolicyDocument: encoded(document) });

/** Each with a document in it, in the form that people have. */
const FORMS: readonly (readonly [what: string, form: (document: typeof exact) => unknown])[] = [
  ["a policy", (document) => document],
  ["a policy behind a byte order mark", (document) => `\uFEFF${text(document)}`],
  ["a policy in a string of JSON", (document) => text(text(document))],
  ["a policy in a string in a string", (document) => text(text(text(document)))],
  ["a policy that is percent-encoded", encoded],
  ["a percent-encoded policy in a string", (document) => text(encoded(document))],
  ["one statement alone", (document) => document.Statement[0]],
  ["statements without a policy", (document) => document.Statement],
  ["get-role --query Role", (document) => role("site", document)],
  ["get-role --query Role.{…}", (document) => ({ name: "site", trust: document })],
  ["list-roles --query Roles", (document) => [role("site", document)]],
  ["list-roles --query Roles[].AssumeRolePolicyDocument", (document) => [document]],
  ["list-roles --query Roles[].AssumeRolePolicyDocument, encoded", (document) => [encoded(document)]],
  ["list-roles --query Roles[].[RoleName,AssumeRolePolicyDocument]", (document) => [["site", document]]],
  ["list-roles --query Roles[].{…}", (document) => [{ name: "site", trust: encoded(document) }]],
  [
    "list-roles --output yaml",
    (document) => `Roles:\n- RoleName: site\n  AssumeRolePolicyDocument: ${text(document)}\n`,
  ],
  ["pages of list-roles in a list", (document) => [{ Roles: [role("site", document)] }, { Roles: [] }]],
  ["an item of AWS Config", (document) => item(configured(document))],
  [
    "an item of a snapshot, whose configuration is an object",
    (document) => item(JSON.parse(configured(document))),
  ],
  ["get-resource-config-history", (document) => ({ configurationItems: [item(configured(document))] })],
  ["batch-get-resource-config", (document) => ({ baseConfigurationItems: [item(configured(document))] })],
  ["select-resource-config", (document) => ({ Results: [text(item(JSON.parse(configured(document))))] })],
  [
    "terraform state pull",
    (document) => ({
      version: 4,
      terraform_version: "1.11.4",
      serial: 7,
      lineage: "0f0f",
      outputs: {},
      resources: [
        {
          module: 'module.m["a"]',
          mode: "managed",
          type: "aws_iam_role",
          name: "r",
          instances: [
            {
              index_key: 0,
              attributes: { name: "site", assume_role_policy: text(document) },
              sensitive_attributes: [],
            },
          ],
        },
      ],
    }),
  ],
];

describe.each(FORMS)("%s", (_, form) => {
  test("is audited: every project is allowed", () => {
    const { audited, notDecided, findings } = inputs.audit(form(everyProject));
    expect([audited, notDecided, findings.map(({ id }) => id)]).toEqual([
      1,
      0,
      expect.arrayContaining(["project-wildcard"]),
    ]);
  });

  test("is clean where it is exact", () => {
    expect(inShort(inputs.audit(form(exact)))).toMatchObject({ found: [], audited: 1, notDecided: 0 });
  });
});

describe("unreadable items of a list", () => {
  test.each<[what: string, list: unknown]>([
    ["null in roles", { Roles: [role("site", exact), null] }],
    ["null where a query found no document", [exact, null]],
    ["a role without its document", { Roles: [role("site", exact), { RoleName: "other" }] }],
    ["a row without a document", [["site", exact], ["other"]]],
    ["an invalid item of AWS Config", { configurationItems: [item(configured(exact)), "text"] }],
    [
      "an item without a configuration",
      { configurationItems: [item(configured(exact)), item(null, { resourceName: "other" })] },
    ],
  ])("%s is undetermined", (_, list) => {
    expect(inputs.audit(list)).toMatchObject({ audited: 1, notDecided: 1 });
  });
});

describe("AWS Config", () => {
  const at = (time: string, document: object, more: object = {}) =>
    item(configured(document), {
      resourceId: "AROA1",
      accountId: "123456789012",
      configurationItemCaptureTime: time,
      ...more,
    });

  test("only the latest item of a history is in force", () => {
    const history = (latest: object, older: object) =>
      inShort(
        inputs.audit({
          configurationItems: [at("2026-03-01T00:00:00Z", latest), at("2026-02-01T00:00:00Z", older)],
        }),
      );
    expect(history(exact, everyProject)).toMatchObject({ found: [], audited: 1 });
    expect(history(everyProject, exact)).toMatchObject({
      audited: 1,
      found: expect.arrayContaining(["site project-wildcard"]),
    });
  });

  test("other resources and deleted roles are ignored, and a single page is incomplete", () => {
    const result = inputs.audit({
      configurationItems: [
        at("2026-03-01T00:00:00Z", exact, { resourceType: "AWS::S3::Bucket" }),
        at("2026-03-01T00:00:00Z", exact, {
          configurationItemStatus: "ResourceDeleted",
          configuration: null,
        }),
      ],
      nextToken: "more",
    });
    expect(inShort(result)).toMatchObject({ audited: 0, notDecided: 0, others: 0 });
    expect(result.incomplete).toHaveLength(1);
  });
});

test("deposed objects in a state still exist", () => {
  const instance = (name: string, document: object, more: object = {}) => ({
    attributes: { name, assume_role_policy: text(document) },
    ...more,
  });
  const resources = [
    {
      mode: "managed",
      type: "aws_iam_role",
      name: "r",
      instances: [instance("new", exact), instance("old", everyProject, { deposed: "0a1b" })],
    },
    { mode: "data", type: "aws_iam_role", name: "d", instances: [instance("data", ofLambda)] },
  ];
  expect(inShort(inputs.audit({ version: 4, serial: 1, lineage: "x", resources }))).toMatchObject({
    audited: 2,
    others: 1,
    found: expect.arrayContaining(["old project-wildcard"]),
  });
});

describe("the error for an unsupported format names the command for a supported one", () => {
  test.each<[what: string, content: unknown, command: string | RegExp]>([
    ["a plan file", Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe]), /terraform show -json/],
    ["gzip", gzipSync(text(exact)), "gunzip"],
    ["UTF-16", Buffer.from(`\uFEFF${text(exact)}`, "utf16le"), "UTF-8"],
    [
      "HCL",
      'resource "aws_iam_role" "r" {\n  assume_role_policy = jsonencode({})\n}\n',
      "terraform show -json tfplan",
    ],
    [
      "HCL that begins with a comment",
      '# roles\nmodule "roles" {\n  source = "./x"\n}\n',
      "terraform show -json tfplan",
    ],
    [
      "Terraform's JSON configuration",
      { resource: { aws_iam_role: { r: { assume_role_policy: "{}" } } } },
      "terraform show -json tfplan",
    ],
    [
      "terraform plan, as text",
      "Terraform will perform the following actions:\n\n  # aws_iam_role.r will be created\n",
      "terraform show -json tfplan",
    ],
    [
      "terraform show, as text",
      '# aws_iam_role.r:\nresource "aws_iam_role" "r" {\n    name = "r"\n}\n',
      "terraform show -json > state.json",
    ],
    [
      "terraform plan -json",
      '{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info"}\n',
      "terraform show -json tfplan",
    ],
    [
      "a state that OpenTofu encrypted",
      { serial: 1, lineage: "x", encrypted_data: "abc", encryption_version: "v0" },
      "tofu show -json",
    ],
    ["Ansible Vault", "$ANSIBLE_VAULT;1.1;AES256\n6162\n", "ansible-vault view"],
    [
      "SOPS",
      { Version: "ENC[AES256_GCM,data:abc]", Statement: [{ Effect: "ENC[AES256_GCM,data:abc]" }], sops: {} },
      "sops --decrypt",
    ],
    ["PGP", "-----BEGIN PGP MESSAGE-----\n\nabc\n", "gpg --decrypt"],
    [
      "the credential report",
      "user,arn,user_creation_time,password_enabled\nann,arn,2026,true\n",
      "get-account-authorization-details",
    ],
    ["another CSV file", "name,role,trust\na,b,c\n", "get-account-authorization-details"],
    ["a table", "-------------------------\n|       ListRoles       |\n", "--output json"],
    ["the CLI's text output", "ROLES\tarn:aws:iam::123456789012:role/r\n", "--output json"],
    [
      "a state of Terraform 0.11",
      { version: 3, serial: 1, lineage: "x", modules: [] },
      "terraform show -json",
    ],
  ])("%s", (_, content, command) => {
    const { exitCode, fix } = errorOf(() => inputs.audit(content));
    expect(exitCode).toBe(2);
    expect(fix).toMatch(command);
  });

  test.each<[what: string, content: string]>([
    ["YAML without policies", "name: build\non: push\n"],
    ["two YAML documents", "a: 1\n---\nb: 2\n"],
    ["words", "see the wiki"],
    ["a duplicate key", "Resources: {}\nResources: {}\n"],
    ["a tag of another tool", "a: !vault x\n"],
    ["a circular alias", "a: &a [*a]\n"],
    ["unlimited nesting", "[".repeat(100_000)],
    ["numbers that JSON does not have", "a: .nan\n"],
  ])("%s is an error, not a clean audit", (_, content) => {
    expect(errorOf(() => inputs.audit(content, "x.yaml")).exitCode).toBe(2);
  });
});

test("a policy in a string has its finding at the document's own path", () => {
  expect(printAudit(inputs.audit(text(text(everyProject))))).toContain("project-wildcard");
});
