import { plainText } from "../../../../lib/describe/phrase";
import { readPlan } from "../../../../lib/diff/read-plan";
import { awsPolicies } from "../../../../lib/project/aws-data";
import { reviewOf } from "../../../../lib/report/model/review-of";
import { anAccess } from "../../../fixtures/access";
import { change, plan, trustFor, unchanged, type Values } from "../../../plan/a-plan";

const role = unchanged("aws_iam_role.deploy", {
  name: "deploy",
  arn: "arn:aws:iam::123456789012:role/deploy",
  assume_role_policy: trustFor(),
});
const inline = (Action: string): Values => ({
  role: "deploy",
  name: "site",
  policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] }),
});
const ofAws = (name: string): Values => ({ role: "deploy", policy_arn: `arn:aws:iam::aws:policy/${name}` });

function reported(before: string | null, after: string | null, ...more: readonly object[]) {
  const attachment = change(
    "aws_iam_role_policy_attachment.aws",
    before === null ? null : ofAws(before),
    after === null ? null : ofAws(after),
  );
  const { access } = reviewOf([readPlan(plan([role, attachment, ...more]), "plan")], {
    access: anAccess(),
    aws: awsPolicies,
  });
  return access.map(({ relation, reason = [], risk }) => ({
    relation,
    reason: plainText(reason),
    risk: `${risk.class}: ${plainText(risk.extent)}`,
  }));
}

const DATED = `AWS managed policies as of ${awsPolicies.date}`;

test("an AWS managed policy is compared by its contents, and the day of the data is said", () => {
  expect(reported(null, "AmazonS3ReadOnlyAccess")).toEqual([
    { relation: "broader", reason: DATED, risk: "all-data: read every S3 object (s3:GetObject on *)" },
  ]);
  expect(reported("AmazonS3ReadOnlyAccess", null)).toMatchObject([{ relation: "narrower" }]);
  expect(reported("AmazonS3FullAccess", "AmazonS3ReadOnlyAccess")).toMatchObject([{ relation: "narrower" }]);
});

test("one that allows no more than the role may do already changes nothing", () => {
  const all = unchanged("aws_iam_role_policy.site", inline("s3*:*"));
  expect(reported(null, "AmazonS3ReadOnlyAccess", all)).toEqual([
    { relation: "same", reason: `${DATED}; its effective permissions are unchanged`, risk: "none: " },
  ]);
});

test("PowerUserAccess is an administrator with exceptions", () => {
  expect(reported(null, "PowerUserAccess")).toMatchObject([
    { risk: "administrator: every action except iam:*, organizations:*, and account:*" },
  ]);
});

test("one that is newer than the data is not known, and never harmless", () => {
  expect(reported(null, "NewerThanTheData")).toEqual([
    {
      relation: "broader",
      reason: `AWS managed policy arn:aws:iam::aws:policy/NewerThanTheData is not known to this version (data of ${awsPolicies.date})`,
      risk: "undetermined: arn:aws:iam::aws:policy/NewerThanTheData",
    },
  ]);
});

test("the extent says what wildcards match, and which actions are newer than the data", () => {
  const gaining = (action: string) =>
    reported(null, null, change("aws_iam_role_policy.site", null, inline(action))).map(({ risk }) => risk);
  expect(gaining("sqs:List*")).toEqual([
    expect.stringMatching(/^new-actions: sqs:List\* \(\d+ actions: read\) on every resource$/),
  ]);
  expect(gaining("sqs:NewerAction")).toEqual([
    `new-actions: sqs:NewerAction (unknown to this version, data of ${awsPolicies.actions?.date}) on every resource`,
  ]);
});
