import type { Deploys } from "../../../lib/config/model/deploys-model";
import { readPlan } from "../../../lib/diff/read-plan";
import { printPolicy } from "../../../lib/iam/language/document";
import { inlinePolicies } from "../../../lib/iam/write/inline-policies";
import { printMarkdown } from "../../../lib/report/markdown/report";
import { reviewOf } from "../../../lib/report/model/review-of";
import { aRole } from "../../fixtures/access";
import { everyPreset } from "../../iam/write/deploys/every-preset";
import { change, plan, trustFor, unchanged } from "../../plan/a-plan";

/** The cell of the review's table that says what a plan with a new preset gives the role. */
function gained(deploys: Deploys): string {
  const [own] = inlinePolicies(aRole({ deploys }));
  if (own === undefined) throw new Error("no policy");
  const name = "website-deploy";
  const role = { name, assume_role_policy: trustFor() };
  const policy = { name: own.name, role: name, policy: printPolicy(own.document) };
  const text = plan([
    unchanged("aws_iam_role.deploy", role),
    change("aws_iam_role_policy.deploys", null, policy),
  ]);
  const lines = printMarkdown(reviewOf([readPlan(text, "main-website")], {})).split("\n");
  const rows = lines.filter(
    (line) => line.includes("`website-deploy` can now perform") && line.startsWith("| "),
  );
  expect(rows).toHaveLength(1);
  const cell = rows[0]?.split(" | ")[1]?.replace("`website-deploy` can now perform ", "") ?? "";
  // A long ARN is in several code spans.
  return cell.replaceAll(/(?<=[:/])` `/g, "");
}

test.each<[preset: keyof Deploys, what: string]>([
  [
    "cloudfront",
    "`cloudfront:CreateInvalidation` and `cloudfront:GetInvalidation` on `arn:aws:cloudfront::123456789012:distribution/E2QWRUHAPOMQZL`",
  ],
  [
    "ecr",
    "`ecr:GetAuthorizationToken` on every resource; `ecr:BatchCheckLayerAvailability`, `ecr:BatchGetImage`, `ecr:CompleteLayerUpload`, and 4 more on `arn:aws:ecr:us-east-1:123456789012:repository/acme/website`",
  ],
  [
    "ecs",
    "`iam:PassRole` on `arn:aws:iam::123456789012:role/task`, `arn:aws:iam::123456789012:role/execution` for requests that pass the role to `ecs-tasks.amazonaws.com`; `ecs:DescribeServices` and `ecs:UpdateService` on `arn:aws:ecs:us-east-1:123456789012:service/web/site`; `ecs:RegisterTaskDefinition` on `arn:aws:ecs:us-east-1:123456789012:task-definition/site:*`; more, listed below",
  ],
  [
    "lambda",
    "`lambda:GetFunctionConfiguration`, `lambda:PublishVersion`, `lambda:UpdateAlias`, and 1 more on `arn:aws:lambda:us-east-1:123456789012:function:resize`",
  ],
  [
    "cdk",
    "`sts:AssumeRole` on `arn:aws:iam::123456789012:role/cdk-hnb659fds-deploy-role-123456789012-us-east-1`, `arn:aws:iam::123456789012:role/cdk-hnb659fds-file-publishing-role-123456789012-us-east-1`, `arn:aws:iam::123456789012:role/cdk-hnb659fds-image-publishing-role-123456789012-us-east-1`, 1 more",
  ],
  [
    "terraform",
    "`s3:ListBucket` on `acme-site-state` for requests with `s3:prefix` equal to `env:/` or `site/terraform.tfstate`; `s3:GetObject` and `s3:PutObject` on `acme-site-state/site/terraform.tfstate`; `s3:DeleteObject`, `s3:GetObject`, and `s3:PutObject` on `acme-site-state/site/terraform.tfstate.tflock`",
  ],
  [
    "ssm",
    "`ssm:GetParameter` and `ssm:GetParameters` on `arn:aws:ssm:us-east-1:123456789012:parameter/site/token`, `arn:aws:ssm:us-east-1:123456789012:parameter/plain`",
  ],
  [
    "secrets",
    "`secretsmanager:DescribeSecret` and `secretsmanager:GetSecretValue` on `arn:aws:secretsmanager:us-east-1:123456789012:secret:site/db-??????`",
  ],
])("%s: the review names its actions and exactly its resources", (preset, what) => {
  expect(gained({ [preset]: everyPreset[preset] })).toBe(what);
});

test("beside an image repository, a service's iam:PassRole is in the row and in the evidence", () => {
  const { ecr, ecs } = everyPreset;
  expect(gained({ ecr, ecs } as Deploys)).toMatch(
    /^`iam:PassRole` on `arn:aws:iam::123456789012:role\/task`, .* for requests that pass the role to /,
  );
});
