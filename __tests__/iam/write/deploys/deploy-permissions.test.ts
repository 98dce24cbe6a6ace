import { deployStatements } from "../../../../lib/iam/write/deploys/deploy-permissions";
import { anAccount } from "../../../fixtures/access";
import { verdictsOf } from "../terraform/calls";
import { everyPreset } from "./every-preset";

const account = anAccount();
const statements = deployStatements(everyPreset, account);
const verdict = verdictsOf([{ Version: "2012-10-17", Statement: statements }]);
const AT = "us-east-1:123456789012";
const ROLE = "arn:aws:iam::123456789012:role";

test("the permissions of every preset, complete", () => {
  const all = statements.flatMap(({ Action, Resource }) =>
    [Resource ?? []].flat().map((resource) => `${[Action ?? []].flat().join(" ")} ${resource}`),
  );
  expect(all).toEqual([
    "cloudfront:CreateInvalidation cloudfront:GetInvalidation arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL",
    "ecr:GetAuthorizationToken *",
    `ecr:BatchCheckLayerAvailability ecr:BatchGetImage ecr:CompleteLayerUpload ecr:GetDownloadUrlForLayer ecr:InitiateLayerUpload ecr:PutImage ecr:UploadLayerPart arn:aws:ecr:${AT}:repository/acme/website`,
    `ecs:DescribeServices ecs:UpdateService arn:aws:ecs:${AT}:service/web/site`,
    `ecs:RegisterTaskDefinition arn:aws:ecs:${AT}:task-definition/site:*`,
    "ecs:DescribeTaskDefinition *",
    `iam:PassRole ${ROLE}/task`,
    `iam:PassRole ${ROLE}/execution`,
    `lambda:GetFunctionConfiguration lambda:PublishVersion lambda:UpdateAlias lambda:UpdateFunctionCode arn:aws:lambda:${AT}:function:resize`,
    ...["deploy", "file-publishing", "image-publishing", "lookup"].map(
      (role) => `sts:AssumeRole ${ROLE}/cdk-hnb659fds-${role}-role-123456789012-us-east-1`,
    ),
    "s3:ListBucket arn:aws:s3:::acme-site-state",
    "s3:GetObject s3:PutObject arn:aws:s3:::acme-site-state/site/terraform.tfstate",
    "s3:DeleteObject s3:GetObject s3:PutObject arn:aws:s3:::acme-site-state/site/terraform.tfstate.tflock",
    `ssm:GetParameter ssm:GetParameters arn:aws:ssm:${AT}:parameter/site/token`,
    `ssm:GetParameter ssm:GetParameters arn:aws:ssm:${AT}:parameter/plain`,
    `secretsmanager:DescribeSecret secretsmanager:GetSecretValue arn:aws:secretsmanager:${AT}:secret:site/db-??????`,
  ]);
});

test.each([
  ["cloudfront:CreateInvalidation", "arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZM"],
  ["cloudfront:UpdateDistribution", "arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL"],
  ["ecr:PutImage", `arn:aws:ecr:${AT}:repository/acme/website-2`],
  ["ecr:DeleteRepository", `arn:aws:ecr:${AT}:repository/acme/website`],
  ["ecs:UpdateService", `arn:aws:ecs:${AT}:service/web/site-2`],
  ["ecs:UpdateService", `arn:aws:ecs:${AT}:service/web2/site`],
  ["ecs:RegisterTaskDefinition", `arn:aws:ecs:${AT}:task-definition/site-2:1`],
  ["lambda:UpdateFunctionCode", `arn:aws:lambda:${AT}:function:resize-2`],
  ["lambda:UpdateFunctionConfiguration", `arn:aws:lambda:${AT}:function:resize`],
  ["sts:AssumeRole", `${ROLE}/cdk-hnb659fds-cfn-exec-role-123456789012-us-east-1`],
  ["sts:AssumeRole", `${ROLE}/cdk-other-deploy-role-123456789012-us-east-1`],
  ["s3:GetObject", "arn:aws:s3:::acme-site-state/site/terraform.tfstate.backup"],
  ["s3:DeleteObject", "arn:aws:s3:::acme-site-state/site/terraform.tfstate"],
  ["ssm:GetParameter", `arn:aws:ssm:${AT}:parameter/site/token2`],
  ["ssm:PutParameter", `arn:aws:ssm:${AT}:parameter/site/token`],
  ["secretsmanager:GetSecretValue", `arn:aws:secretsmanager:${AT}:secret:site/db-2-AbCdEf`],
  ["secretsmanager:PutSecretValue", `arn:aws:secretsmanager:${AT}:secret:site/db-AbCdEf`],
])("%s on %s is denied", (action, resource) => {
  expect(verdict(action, resource)).toBe("denied");
});

test("roles are passed to ECS tasks only, and only the named ones", () => {
  const pass = (role: string, service: string) =>
    verdict("iam:PassRole", `${ROLE}/${role}`, [["iam:PassedToService", service]]);
  expect(pass("task", "ecs-tasks.amazonaws.com")).toBe("allowed");
  expect(pass("task", "lambda.amazonaws.com")).toBe("denied");
  expect(pass("task2", "ecs-tasks.amazonaws.com")).toBe("denied");
});

test("a state's names are listed by its key alone", () => {
  const list = (prefix: string) =>
    verdict("s3:ListBucket", "arn:aws:s3:::acme-site-state", [["s3:prefix", prefix]]);
  expect(["site/terraform.tfstate", "env:/"].map(list)).toEqual(["allowed", "allowed"]);
  expect(["", "site/", "other/terraform.tfstate"].map(list)).toEqual(["denied", "denied", "denied"]);
});

test("ARNs are of the account's partition and region", () => {
  const china = anAccount({ partition: "aws-cn", region: "cn-north-1", id: "210987654321" });
  const [statement] = deployStatements({ ssm: { parameters: ["a"] } }, china);
  expect(statement?.Resource).toBe("arn:aws-cn:ssm:cn-north-1:210987654321:parameter/a");
});
