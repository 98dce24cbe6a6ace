import { plainText } from "../../../../lib/describe/phrase";
import { readPlan } from "../../../../lib/diff/read-plan";
import { printMarkdown } from "../../../../lib/report/markdown/report";
import { reviewOf } from "../../../../lib/report/model/review-of";
import { anAccess } from "../../../fixtures/access";
import { change, plan, unchanged, type Values } from "../../../plan/a-plan";
import { allows } from "../../a-policy";

const OWN = "123456789012";
const THEIRS = "999999999999";
/** It gives the plan an account. */
const role = unchanged("aws_iam_role.own", {
  name: "own",
  arn: `arn:aws:iam::${OWN}:role/own`,
  assume_role_policy: allows({ Service: "ec2.amazonaws.com" }, "sts:AssumeRole", {}),
});

const TYPES: readonly (readonly [type: string, action: string, values: (policy: string) => Values])[] = [
  ["aws_s3_bucket_policy", "s3:GetObject", (policy) => ({ bucket: "site", policy })],
  ["aws_kms_key", "kms:Decrypt", (policy) => ({ key_id: "k", policy })],
  ["aws_sqs_queue_policy", "sqs:SendMessage", (policy) => ({ queue_url: "https://q/jobs", policy })],
  ["aws_sns_topic_policy", "sns:Publish", (policy) => ({ arn: `arn:aws:sns:us-east-1:${OWN}:t`, policy })],
  ["aws_ecr_repository_policy", "ecr:BatchGetImage", (policy) => ({ repository: "app", policy })],
  [
    "aws_secretsmanager_secret_policy",
    "secretsmanager:GetSecretValue",
    (policy) => ({ secret_arn: "arn:aws:s", policy }),
  ],
];

function risk(resource: object): string {
  const { access } = reviewOf([readPlan(plan([role, resource]), "plan")], {});
  return access.map(({ risk: { class: name, who } }) => `${name}: ${plainText(who)}`).join("; ");
}

test.each(TYPES)("%s: its class and who gets in follow from its conditions", (type, action, values) => {
  const opened = (Condition: Values, principal: unknown = "*") =>
    risk(
      change(
        `${type}.x`,
        values(allows({ AWS: `arn:aws:iam::${OWN}:root` }, action)),
        values(
          allows(principal, action, {
            Resource: "*",
            ...(Object.keys(Condition).length === 0 ? {} : { Condition }),
          }),
        ),
      ),
    );
  expect(opened({ StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } })).toBe(
    "external-access: every account of organization o-a1b2c3d4e5",
  );
  expect(opened({ StringEquals: { "aws:PrincipalAccount": THEIRS } })).toBe(
    `external-access: any principal in account ${THEIRS}`,
  );
  expect(opened({ StringEquals: { "aws:PrincipalAccount": OWN } })).not.toContain("external-access");
  const service = { Service: "s3.amazonaws.com" };
  expect(opened({ StringEquals: { "aws:SourceAccount": OWN } }, service)).toBe(
    `new-actions: s3.amazonaws.com for account ${OWN}`,
  );
  expect(opened({ StringEquals: { "aws:SourceAccount": THEIRS } }, service)).toBe(
    `external-access: s3.amazonaws.com for account ${THEIRS}`,
  );
  // Any customer of AWS can have the service call: the confused deputy.
  expect(opened({}, service)).toBe("external-access: s3.amazonaws.com for any account");
  expect(opened({ StringEqualsIfExists: { "aws:SourceAccount": OWN } }, service)).toBe(
    "external-access: s3.amazonaws.com for any account",
  );
  expect(opened({ StringResembles: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } })).toMatch(/^undetermined/);
});

test("a statement of a function's policy has its organization and its source in the same words", () => {
  const permission = (values: Values) =>
    risk(
      change("aws_lambda_permission.x", null, {
        function_name: "hook",
        statement_id: "x",
        action: "lambda:InvokeFunction",
        ...values,
      }),
    );
  expect(permission({ principal: "*", principal_org_id: "o-a1b2c3d4e5" })).toBe(
    "external-access: every account of organization o-a1b2c3d4e5",
  );
  expect(permission({ principal: "sns.amazonaws.com", source_arn: `arn:aws:sns:us-east-1:${OWN}:t` })).toBe(
    `new-actions: sns.amazonaws.com for arn:aws:sns:us-east-1:${OWN}:t`,
  );
  expect(permission({ principal: "s3.amazonaws.com" })).toBe(
    "external-access: s3.amazonaws.com for any account",
  );
  expect(permission({ principal: "s3.amazonaws.com", source_account: OWN })).toBe(
    `new-actions: s3.amazonaws.com for account ${OWN}`,
  );
  // Alexa has no account: its skills have a token (Lambda Developer Guide, AddPermission).
  expect(permission({ principal: "alexa-appkit.amazon.com" })).toBe(
    "external-access: alexa-appkit.amazon.com for any account",
  );
  expect(permission({ principal: "alexa-appkit.amazon.com", event_source_token: "amzn1.ask.skill.x" })).toBe(
    "new-actions: alexa-appkit.amazon.com",
  );
  expect(permission({ principal: "*" })).toMatch(/^external-access: anyone/);
});

test("a key for a service: the encryption context may name the account that it calls for", () => {
  const logs = { Service: "logs.us-east-1.amazonaws.com" };
  const opened = (context: string): string =>
    risk(
      change(
        "aws_kms_key.x",
        { key_id: "k", policy: allows({ AWS: `arn:aws:iam::${OWN}:root` }, "kms:Decrypt") },
        {
          key_id: "k",
          policy: allows(logs, "kms:Decrypt", {
            Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": context } },
          }),
        },
      ),
    );
  expect(opened(`arn:aws:logs:us-east-1:${OWN}:*`)).toMatch(/^new-actions/);
  expect(opened(`arn:aws:logs:us-east-1:${THEIRS}:*`)).toMatch(/^external-access/);
  expect(opened("arn:aws:logs:us-east-1:*:*")).toMatch(/^external-access/);
});

test("a role for a service is not open to other accounts: one of its own passes it to the service", () => {
  const { access } = reviewOf(
    [
      readPlan(
        plan([
          change("aws_iam_role.new", null, {
            name: "new",
            assume_role_policy: allows({ Service: "ec2.amazonaws.com" }, "sts:AssumeRole", {}),
          }),
        ]),
        "plan",
      ),
    ],
    {},
  );
  expect(access.map(({ risk: { class: name, who } }) => `${name}: ${plainText(who)}`)).toEqual([
    "wider-trust: ec2.amazonaws.com",
  ]);
});

describe("the headline names those whom a condition lets in", () => {
  const headline = (Condition: Values, principal: unknown = { AWS: "*" }): string | undefined => {
    const topic = (policy: string) => ({ arn: `arn:aws:sns:us-east-1:${OWN}:t`, policy });
    const opened = change(
      "aws_sns_topic_policy.x",
      topic(allows({ AWS: `arn:aws:iam::${OWN}:root` }, "sns:Publish")),
      topic(allows(principal, "sns:Publish", { Resource: "*", Condition })),
    );
    const access = anAccess();
    const [main] = access.accounts;
    if (main === undefined) throw new Error("no account");
    const accounts = [main, { ...main, key: "production", id: PRODUCTION }];
    const plans = [readPlan(plan([role, opened]), "plan")];
    return printMarkdown(reviewOf(plans, { access: { ...access, accounts } })).split("\n")[0];
  };
  const PRODUCTION = "555566667777";

  test.each<[key: string, value: string, line: string]>([
    [
      "aws:SourceOwner",
      THEIRS,
      "🔴 **An AWS service for another account can now perform `sns:Publish` on `t`**",
    ],
    [
      "aws:SourceAccount",
      PRODUCTION,
      "🟠 **An AWS service for account `production` can now perform `sns:Publish` on `t`**",
    ],
    [
      "aws:PrincipalAccount",
      PRODUCTION,
      "🟠 **Any principal in account `production` can now perform `sns:Publish` on `t`**",
    ],
    ["aws:PrincipalAccount", THEIRS, "🔴 **Another account can now perform `sns:Publish` on `t`**"],
  ])("%s: %s", (key, value, line) => {
    expect(headline({ StringEquals: { [key]: value } })).toBe(line);
  });
});
