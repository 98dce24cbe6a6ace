import { configured, reported, reportedOf } from "../diff/a-policy";
import { change, plan, resource, unchanged, type Values } from "./a-plan";

// Resources that are one statement of another resource's policy.

const permission = { action: "lambda:InvokeFunction", function_name: "site", statement_id: "s" };
const lambda = (before: Values | null, after: Values | null, more: object = {}) =>
  reported([change("aws_lambda_permission.x", before, after, more)]);

test("a function that everyone can call, and one that an account can call", () => {
  expect(lambda(null, { ...permission, principal: "*" })).toEqual([
    "resource-policy broader site - anyone can now perform lambda:InvokeFunction on site",
  ]);
  expect(lambda(null, { ...permission, principal: "999999999999" })).toEqual([
    expect.stringMatching(
      /^resource-policy broader site - any principal in account 999999999999 can now perform lambda:InvokeFunction on site/,
    ),
  ]);
  expect(lambda({ ...permission, principal: "*" }, null)).toEqual([
    "resource-policy narrower site - anyone can no longer perform lambda:InvokeFunction on site",
  ]);
});

test("removing the condition is broader, adding it is narrower", () => {
  const one = { ...permission, principal: "s3.amazonaws.com" };
  const only = { ...one, source_account: "123456789012" };
  expect(lambda(only, one)).toEqual([
    expect.stringMatching(
      /^resource-policy broader site - s3.amazonaws.com for any account can now perform lambda:InvokeFunction on site/,
    ),
  ]);
  expect(lambda(one, only)).toEqual([expect.stringMatching(/^resource-policy narrower site/)]);
  expect(lambda(only, { ...only })).toEqual([]);
});

test("a statement that depends on values known only after apply is unknown, and names them", () => {
  const after = { ...permission, principal: "s3.amazonaws.com" };
  const more = { after_unknown: { source_arn: true } };
  const given = configured({
    "aws_lambda_permission.x": { source_arn: ["aws_s3_bucket.b.arn", "aws_s3_bucket.b"] },
  });
  expect(reported([change("aws_lambda_permission.x", null, after, more)], given)).toEqual([
    expect.stringMatching(/^resource-policy unknown site .*known only after apply.*aws_s3_bucket.b.arn/),
  ]);
});

test("a function that the plan creates is named by its address", () => {
  const after = { action: "lambda:InvokeFunction", principal: "*", statement_id: "s" };
  const more = { after_unknown: { function_name: true } };
  const made = resource("aws_lambda_function.site", { actions: ["create"], before: null, after: {} });
  const given = configured({
    "aws_lambda_function.site": {},
    "aws_lambda_permission.x": {
      function_name: ["aws_lambda_function.site.arn", "aws_lambda_function.site"],
    },
  });
  expect(reported([made, change("aws_lambda_permission.x", null, after, more)], given)).toEqual([
    "resource-policy broader aws_lambda_function.site - anyone can now perform lambda:InvokeFunction on aws_lambda_function.site",
  ]);
});

test("a secret token is not in the report, and the statement is unknown", () => {
  const after = { ...permission, principal: "alexa-appkit.amazon.com", event_source_token: "amzn1.hidden" };
  const found = lambda(null, after, { after_sensitive: { event_source_token: true } });
  expect(found).toEqual([expect.stringMatching(/^resource-policy unknown site .*sensitive/)]);
  expect(JSON.stringify(found)).not.toContain("hidden");
});

test("an unknown argument is not ignored", () => {
  const one = { ...permission, principal: "*" };
  expect(lambda({ ...one, only_on_mondays: true }, { ...one, only_on_mondays: false })).toEqual([
    "permissions unknown aws_lambda_permission.x (not compared: only_on_mondays)",
  ]);
});

test("moved to another address or stack of one provider: no change if the function is named by its ARN", () => {
  const one = {
    ...permission,
    function_name: "arn:aws:lambda:eu-west-1:123456789012:function:site",
    principal: "*",
  };
  const gone = plan([change("aws_lambda_permission.x", one, null)]);
  expect(reportedOf(gone, plan([change("aws_lambda_permission.y", null, one)]))).toEqual([]);
  expect(
    reportedOf(gone, plan([change("aws_lambda_permission.y", null, { ...one, action: "lambda:*" })])),
  ).toEqual([expect.stringMatching(/^resource-policy broader /)]);
});

test("two functions of one name in two stacks are compared separately", () => {
  const one = { ...permission, principal: "*" };
  expect(
    reportedOf(
      plan([unchanged("aws_lambda_permission.x", one)]),
      plan([change("aws_lambda_permission.x", null, one)]),
    ),
  ).toEqual(["resource-policy broader site - anyone can now perform lambda:InvokeFunction on site"]);
});

test.each<[type: string, after: Values, sentence: string]>([
  [
    "aws_lambda_layer_version_permission",
    {
      action: "lambda:GetLayerVersion",
      principal: "*",
      layer_name: "l",
      version_number: 1,
      statement_id: "s",
    },
    "anyone can now perform lambda:GetLayerVersion on l",
  ],
  [
    "aws_cloudwatch_event_permission",
    { principal: "*", statement_id: "s", event_bus_name: "bus" },
    "anyone can now perform events:PutEvents on bus",
  ],
  [
    "aws_signer_signing_profile_permission",
    { action: "signer:StartSigningJob", principal: "999999999999", profile_name: "p", statement_id: "s" },
    "any principal in account 999999999999 can now perform signer:StartSigningJob on p",
  ],
  [
    "aws_acmpca_permission",
    { actions: ["IssueCertificate"], principal: "acm.amazonaws.com", certificate_authority_arn: "arn:ca" },
    "acm.amazonaws.com for certificates of its own account can now perform acm-pca:IssueCertificate on arn:ca",
  ],
  [
    "aws_kms_grant",
    {
      key_id: "k",
      name: "g",
      operations: ["Decrypt"],
      grantee_principal: "arn:aws:iam::999999999999:role/x",
    },
    "arn:aws:iam::999999999999:role/x can now perform kms:Decrypt on k",
  ],
])("%s: the gain", (type, after, sentence) => {
  const [found, ...others] = reported([change(`${type}.x`, null, after)]);
  expect(others).toEqual([]);
  expect(found).toMatch(/^resource-policy broader /);
  expect(found).toContain(sentence);
});

test("a condition of an event bus, and the constraint of a KMS grant, make access narrower or broader", () => {
  const bus = { principal: "*", statement_id: "s", event_bus_name: "bus" };
  const inside = { ...bus, condition: [{ key: "aws:PrincipalOrgID", type: "StringEquals", value: "o-1" }] };
  expect(reported([change("aws_cloudwatch_event_permission.x", inside, bus)])).toEqual([
    expect.stringMatching(/^resource-policy broader bus/),
  ]);
  const grant = (constraints: Values) => ({
    key_id: "k",
    name: "g",
    operations: ["Decrypt"],
    grantee_principal: "arn:aws:iam::123456789012:role/x",
    constraints: [constraints],
  });
  const [equal, subset] = [
    { encryption_context_equals: { a: "1" } },
    { encryption_context_subset: { a: "1" } },
  ].map(grant);
  const one = (before: Values | undefined, after: Values | undefined) =>
    reported([change("aws_kms_grant.x", before ?? null, after ?? null)]);
  expect(one(equal, subset)).toEqual([expect.stringMatching(/^resource-policy broader k/)]);
  expect(one(subset, equal)).toEqual([expect.stringMatching(/^resource-policy narrower k/)]);
});
