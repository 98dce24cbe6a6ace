/**
 * The requests that examples are made of. Which one a counterexample shows is a rule of the prover,
 * so they are code. Data that AWS changes, such as managed policies, is passed in as a value
 * (`lib/project/aws-data.ts`). They decide nothing: the prover covers all other actions and
 * resources too, and the engine confirms each example that it shows.
 */

/**
 * Actions that reviewers know, most common first. Names as in the Service Authorization Reference.
 */
export const COMMON_ACTIONS: readonly string[] = [
  "s3:GetObject",
  "s3:PutObject",
  "s3:DeleteObject",
  "s3:ListBucket",
  "iam:PassRole",
  "iam:CreateRole",
  "iam:AttachRolePolicy",
  "iam:GetRole",
  "sts:AssumeRole",
  "kms:Decrypt",
  "secretsmanager:GetSecretValue",
  "ec2:RunInstances",
  "ec2:DescribeInstances",
  "lambda:InvokeFunction",
  "lambda:UpdateFunctionCode",
  "dynamodb:GetItem",
  "dynamodb:PutItem",
  "cloudfront:CreateInvalidation",
  "logs:PutLogEvents",
  "ssm:GetParameter",
  "sqs:SendMessage",
  "sns:Publish",
  "ecr:GetDownloadUrlForLayer",
  "ecs:UpdateService",
  "cloudformation:UpdateStack",
  "s3:GetObjectVersion",
  "s3:PutObjectAcl",
  "s3:DeleteObjectVersion",
  "s3:PutBucketPolicy",
  "s3:GetBucketPolicy",
  "s3:DeleteBucket",
  "kms:Encrypt",
  "iam:ListRoles",
];

export const EXAMPLE_ACCOUNT = "123456789012";
export const EXAMPLE_REGION = "us-east-1";

/** Example resources of each service (Service Authorization Reference, "Resource types"). */
export const COMMON_RESOURCES: ReadonlyMap<string, readonly string[]> = new Map([
  ["s3", ["arn:aws:s3:::some-bucket/index.html", "arn:aws:s3:::some-bucket"]],
  ["iam", [`arn:aws:iam::${EXAMPLE_ACCOUNT}:role/some-role`]],
  ["sts", [`arn:aws:iam::${EXAMPLE_ACCOUNT}:role/some-role`]],
  ["kms", [`arn:aws:kms:${EXAMPLE_REGION}:${EXAMPLE_ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`]],
  [
    "secretsmanager",
    [`arn:aws:secretsmanager:${EXAMPLE_REGION}:${EXAMPLE_ACCOUNT}:secret:some-secret-AbCdEf`],
  ],
  ["ec2", [`arn:aws:ec2:${EXAMPLE_REGION}:${EXAMPLE_ACCOUNT}:instance/i-0123456789abcdef0`]],
  ["lambda", [`arn:aws:lambda:${EXAMPLE_REGION}:${EXAMPLE_ACCOUNT}:function:some-function`]],
  ["dynamodb", [`arn:aws:dynamodb:${EXAMPLE_REGION}:${EXAMPLE_ACCOUNT}:table/some-table`]],
  ["cloudfront", [`arn:aws:cloudfront::${EXAMPLE_ACCOUNT}:distribution/EDFDVBD6EXAMPLE`]],
  ["logs", [`arn:aws:logs:${EXAMPLE_REGION}:${EXAMPLE_ACCOUNT}:log-group:some-group:log-stream:some-stream`]],
  ["ssm", [`arn:aws:ssm:${EXAMPLE_REGION}:${EXAMPLE_ACCOUNT}:parameter/some/parameter`]],
  ["sqs", [`arn:aws:sqs:${EXAMPLE_REGION}:${EXAMPLE_ACCOUNT}:some-queue`]],
  ["sns", [`arn:aws:sns:${EXAMPLE_REGION}:${EXAMPLE_ACCOUNT}:some-topic`]],
  ["ecr", [`arn:aws:ecr:${EXAMPLE_REGION}:${EXAMPLE_ACCOUNT}:repository/some-repository`]],
  ["ecs", [`arn:aws:ecs:${EXAMPLE_REGION}:${EXAMPLE_ACCOUNT}:service/some-cluster/some-service`]],
  [
    "cloudformation",
    [`arn:aws:cloudformation:${EXAMPLE_REGION}:${EXAMPLE_ACCOUNT}:stack/some-stack/some-id`],
  ],
]);

/** Those of the common actions that have no resource type. */
export const WITHOUT_RESOURCE: ReadonlySet<string> = new Set(["ec2:DescribeInstances", "iam:ListRoles"]);
