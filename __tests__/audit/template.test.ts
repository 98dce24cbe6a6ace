import { printAudit } from "../../lib/audit/print";
import { audit, everyProject, exact, HOST, Inputs, inShort, ORG, PROJECT, trust } from "./a-file";

let inputs: Inputs;
beforeEach(() => {
  inputs = new Inputs();
});
afterEach(() => inputs.remove());

const SUBJECT = exact.Statement[0]?.Condition.StringLike[`${HOST}:sub`] ?? "";

function template(document: unknown, more: object = {}) {
  return {
    Resources: {
      Deploy: { Type: "AWS::IAM::Role", Properties: { AssumeRolePolicyDocument: document } },
      ...more,
    },
  };
}

const provider = (url: unknown, type = "AWS::IAM::OIDCProvider") => ({
  Provider: { Type: type, Properties: { Url: url } },
});
const OIDC = provider(`https://${HOST}`);
const clean = { found: [], audited: 1, notDecided: 0 };
const open = { found: ["Deploy policy-not-decided"], audited: 0, notDecided: 1 };

describe("intrinsic functions with a known result", () => {
  test.each<[what: string, given: unknown, more: object]>([
    ["Fn::Sub of the account", { "Fn::Sub": `arn:aws:iam::\${AWS::AccountId}:oidc-provider/${HOST}` }, {}],
    [
      "Fn::Join, as the CDK writes it",
      {
        "Fn::Join": [
          "",
          ["arn:", { Ref: "AWS::Partition" }, ":iam::", { Ref: "AWS::AccountId" }, `:oidc-provider/${HOST}`],
        ],
      },
      {},
    ],
    [
      "Fn::Sub with its own variables",
      { "Fn::Sub": ["arn:aws:iam::123456789012:oidc-provider/${Host}", { Host: HOST }] },
      {},
    ],
    ["Ref of a provider of the template", { Ref: "Provider" }, OIDC],
    [
      "Ref of the CDK's provider",
      { Ref: "Provider" },
      provider(`https://${HOST}`, "Custom::AWSCDKOpenIdConnectProvider"),
    ],
    ["Fn::GetAtt of its ARN", { "Fn::GetAtt": ["Provider", "Arn"] }, OIDC],
    ["Fn::GetAtt as one string", { "Fn::GetAtt": "Provider.Arn" }, OIDC],
    ["Fn::Sub of its ARN", { "Fn::Sub": "${Provider.Arn}" }, OIDC],
    ["Fn::Sub of its reference", { "Fn::Sub": "${Provider}" }, OIDC],
  ])("%s", (_, given, more) => {
    expect(inShort(inputs.audit(template(trust(SUBJECT, given), more)))).toMatchObject(clean);
    expect(inShort(inputs.audit(template(trust(`org/${ORG}/project/*`, given), more)))).toMatchObject({
      audited: 1,
      found: expect.arrayContaining(["Deploy project-wildcard"]),
    });
  });

  test("Fn::FindInMap with literal keys", () => {
    const Mappings = { Ids: { production: { Project: PROJECT } } };
    const subject = (key: unknown) => ({
      "Fn::Join": [
        "/",
        [
          `org/${ORG}/project`,
          { "Fn::FindInMap": ["Ids", key, "Project"] },
          SUBJECT.split("/").slice(4).join("/"),
        ],
      ],
    });
    const found = (key: unknown) =>
      inShort(inputs.audit({ Mappings, ...template(withSubject(subject(key))) }));
    expect(found("production")).toMatchObject(clean);
    expect(found({ Ref: "AWS::Region" })).toMatchObject(open);
    expect(found("staging")).toMatchObject(open);
  });

  test("the corrected policy uses pseudo parameters in the syntax of Fn::Sub", () => {
    const { Statement } = trust(SUBJECT, {
      "Fn::Sub": `arn:aws:iam::\${AWS::AccountId}:oidc-provider/${HOST}`,
    });
    const noAudience = {
      Statement: Statement.map((one) => ({ ...one, Condition: { StringLike: one.Condition.StringLike } })),
    };
    expect(printAudit(inputs.audit(template(noAudience)))).toContain(
      `arn:aws:iam::\${AWS::AccountId}:oidc-provider/${HOST}`,
    );
  });
});

function withSubject(subject: unknown) {
  const { Version, Statement } = exact;
  return {
    Version,
    Statement: Statement.map((one) => ({
      ...one,
      Condition: { ...one.Condition, StringLike: { [`${HOST}:sub`]: subject } },
    })),
  };
}

describe("values unknown before the stack is created are undetermined", () => {
  const parameter = { Parameters: { Org: { Type: "String", Default: ORG } } };
  test.each<[what: string, content: object]>([
    [
      "a parameter, also with a default",
      {
        ...parameter,
        ...template(
          trust(SUBJECT, { "Fn::Sub": "arn:aws:iam::1:oidc-provider/oidc.circleci.com/org/${Org}" }),
        ),
      },
    ],
    ["Ref of a parameter in a subject", { ...parameter, ...template(withSubject({ Ref: "Org" })) }],
    [
      "condition keys from Fn::Sub of a parameter",
      { ...parameter, ...template({ "Fn::Sub": JSON.stringify(exact).replaceAll(ORG, "${Org}") }) },
    ],
    ["Fn::ImportValue", template(trust(SUBJECT, { "Fn::ImportValue": "provider" }))],
    ["Fn::If", template(trust(SUBJECT, { "Fn::If": ["Production", "a", "b"] }))],
    ["Ref of AWS::NoValue", template(withSubject({ Ref: "AWS::NoValue" }))],
    [
      "a function and other keys in one object",
      template({ ...exact, "Fn::Transform": { Name: "AWS::Include" } }),
    ],
    [
      "a whole condition from the CDK's CfnJson",
      template({
        ...exact,
        Statement: [{ ...exact.Statement[0], Condition: { "Fn::GetAtt": ["Json", "Value"] } }],
      }),
    ],
    ["a dynamic reference", template(withSubject("{{resolve:ssm:/circleci/subject}}"))],
    [
      "a dynamic reference in Fn::Sub",
      template(withSubject({ "Fn::Sub": "{{resolve:ssm:/circleci/subject}}" })),
    ],
    ["the account in a condition", template(withSubject({ "Fn::Sub": "org/${AWS::AccountId}" }))],
    [
      "the URL of a provider that is a parameter",
      template(trust(SUBJECT, { Ref: "Provider" }), provider({ Ref: "Org" })),
    ],
    [
      "Ref of another resource",
      template(trust(SUBJECT, { Ref: "Bucket" }), { Bucket: { Type: "AWS::S3::Bucket" } }),
    ],
    [
      "one provider, by a literal account ID and by a parameter",
      template({
        ...exact,
        Statement: [
          ...exact.Statement,
          {
            ...trust("x", { "Fn::Sub": `arn:aws:iam::\${AWS::AccountId}:oidc-provider/${HOST}` })
              .Statement[0],
            Effect: "Deny",
          },
        ],
      }),
    ],
    [
      "a role whose properties come from a macro",
      { Resources: { Deploy: { Type: "AWS::IAM::Role", Properties: { "Fn::Transform": { Name: "x" } } } } },
    ],
    ["a role without a trust policy", { Resources: { Deploy: { Type: "AWS::IAM::Role", Properties: {} } } }],
    [
      "a nested stack",
      {
        Resources: {
          Deploy: { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL: "https://x" } },
        },
      },
    ],
    [
      "a module",
      { Resources: { Deploy: { Type: "Acme::Iam::Role::MODULE" } }, AWSTemplateFormatVersion: "2010-09-09" },
    ],
  ])("%s", (_, content) => {
    expect(inShort(inputs.audit(content))).toMatchObject(open);
  });

  test("a macro may create roles; AWS SAM's creates none with a custom trust policy", () => {
    expect(inputs.audit({ Transform: ["AWS::Serverless-2016-10-31"], ...template(exact) })).toMatchObject({
      audited: 1,
      notDecided: 0,
    });
    expect(inputs.audit({ Transform: "Acme::Macro", ...template(exact) })).toMatchObject({
      audited: 1,
      notDecided: 1,
    });
    expect(inputs.audit(template(exact, { "Fn::ForEach::Roles": [] }))).toMatchObject({
      audited: 1,
      notDecided: 1,
    });
  });

  test("and hides no other role", () => {
    const other = {
      Other: {
        Type: "AWS::IAM::Role",
        Properties: { RoleName: "other", AssumeRolePolicyDocument: everyProject },
      },
    };
    const { found } = inShort(inputs.audit(template(withSubject({ Ref: "Org" }), other)));
    expect(found).toEqual(expect.arrayContaining(["Deploy policy-not-decided", "other project-wildcard"]));
  });
});

describe("YAML", () => {
  const yaml = (principal: string, subject = SUBJECT) => `
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Org: {Type: String}
Resources:
  Provider:
    Type: AWS::IAM::OIDCProvider
    Properties:
      Url: https://${HOST}
  Deploy:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement:
          Effect: Allow
          Principal:
            Federated: ${principal}
          Action: sts:AssumeRoleWithWebIdentity
          Condition:
            StringEquals: &audience {"${HOST}:aud": ${ORG}}
            StringLike:
              "${HOST}:sub": ${subject}
`;
  const short = [
    "!Ref Provider",
    "!GetAtt Provider.Arn",
    "!GetAtt [Provider, Arn]",
    `!Sub "arn:aws:iam::\${AWS::AccountId}:oidc-provider/${HOST}"`,
    `!Sub ["arn:aws:iam::123456789012:oidc-provider/\${Host}", {Host: ${HOST}}]`,
    `!Join ["", ["arn:aws:iam::", !Ref "AWS::AccountId", ":oidc-provider/${HOST}"]]`,
    `{"Fn::Sub": "arn:aws:iam::\${AWS::AccountId}:oidc-provider/${HOST}"}`,
  ];
  test.each(short)("%s", (principal) => {
    expect(inShort(inputs.audit(yaml(principal), "t.yaml"))).toMatchObject(clean);
    expect(inShort(inputs.audit(yaml(principal, `org/${ORG}/project/*`), "t.yml"))).toMatchObject({
      found: expect.arrayContaining(["Deploy project-wildcard"]),
    });
  });

  test.each(["!Ref Org", "!ImportValue provider", '!Sub "${Org}"', "!If [A, b, c]"])(
    "%s is undetermined",
    (principal) => {
      expect(inShort(inputs.audit(yaml(principal), "t.template"))).toMatchObject(open);
    },
  );

  test("a whole policy in !Sub, with and without a parameter", () => {
    const whole = (document: string) =>
      `Resources:\n  Deploy:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument: !Sub |\n        ${document}\n`;
    expect(inShort(inputs.audit(whole(JSON.stringify(exact)), "t.yaml"))).toMatchObject(clean);
    expect(
      inShort(inputs.audit(whole(JSON.stringify(exact).replaceAll(ORG, "${Org}")), "t.yaml")),
    ).toMatchObject(open);
  });
});

test("the output of aws cloudformation get-template, with the template as object or text", () => {
  expect(inShort(inputs.audit({ TemplateBody: template(everyProject) })).found).toContain(
    "Deploy project-wildcard",
  );
  expect(inShort(inputs.audit({ TemplateBody: JSON.stringify(template(everyProject)) })).found).toContain(
    "Deploy project-wildcard",
  );
});

test("administrators, by policies with known contents", () => {
  const role = (more: object) => ({
    Type: "AWS::IAM::Role",
    Properties: { AssumeRolePolicyDocument: everyProject, ...more },
  });
  const found = (more: object, beside: object = {}) =>
    inShort(inputs.audit({ Resources: { Deploy: role(more), ...beside } })).found;
  const arn = (name: string) => ({
    "Fn::Join": ["", ["arn:", { Ref: "AWS::Partition" }, `:iam::aws:policy/${name}`]],
  });
  const all = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
  const admin = "Deploy project-wildcard-with-admin";
  expect(found({ ManagedPolicyArns: [arn("AdministratorAccess")] })).toContain(admin);
  expect(found({ ManagedPolicyArns: [arn("ReadOnlyAccess"), { Ref: "Other" }] })).not.toContain(admin);
  expect(found({ Policies: [{ PolicyName: "all", PolicyDocument: all }] })).toContain(admin);
  const policy = (roles: unknown) => ({
    P: { Type: "AWS::IAM::Policy", Properties: { PolicyDocument: all, Roles: roles } },
  });
  expect(found({}, policy([{ Ref: "Deploy" }]))).toContain(admin);
  expect(found({}, policy([{ Ref: "Other" }]))).not.toContain(admin);
  const managed = (Action: string) => ({
    M: {
      Type: "AWS::IAM::ManagedPolicy",
      Properties: { PolicyDocument: { Statement: [{ Effect: "Allow", Action, Resource: "*" }] } },
    },
  });
  expect(found({ ManagedPolicyArns: [{ Ref: "M" }] }, managed("*"))).toContain(admin);
  expect(found({ ManagedPolicyArns: [{ Ref: "M" }] }, managed("s3:*"))).not.toContain(admin);
  const whole = { ManagedPolicyArns: [arn("AdministratorAccess")] };
  expect(found({ ...whole, PermissionsBoundary: { Ref: "M" } }, managed("s3:*"))).not.toContain(admin);
  expect(found({ ...whole, PermissionsBoundary: arn("PowerUserAccess") })).toContain(admin);
});

test("a nested stack of the CDK is audited from its own template file", () => {
  const nested = {
    Nested: {
      Type: "AWS::CloudFormation::Stack",
      Properties: {},
      Metadata: { "aws:asset:path": "nested.template.json" },
    },
  };
  inputs.write({ Resources: nested }, "app.template.json");
  expect(audit(inputs.folder)).toMatchObject({ notDecided: 1 });
  inputs.write(template(everyProject), "nested.template.json");
  expect(audit(inputs.folder)).toMatchObject({ notDecided: 0, audited: 1 });
});
