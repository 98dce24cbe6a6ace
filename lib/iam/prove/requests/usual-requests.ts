import type { Policy, Value } from "../../language/policy";
import { isLiteral } from "../../language/policy";

/**
 * Actions that a reviewer knows, the most telling ones first; the names are those of the Service
 * Authorization Reference.
 */
export const USUAL_ACTIONS: readonly string[] = [
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

const ACCOUNT = "123456789012";
const REGION = "us-east-1";

/**
 * One resource of each service (Service Authorization Reference, "Resource types"), and what its
 * ARN leaves empty.
 */
const USUAL_RESOURCES: ReadonlyMap<string, readonly string[]> = new Map([
  ["s3", ["arn:aws:s3:::some-bucket/index.html", "arn:aws:s3:::some-bucket"]],
  ["iam", [`arn:aws:iam::${ACCOUNT}:role/some-role`]],
  ["sts", [`arn:aws:iam::${ACCOUNT}:role/some-role`]],
  ["kms", [`arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`]],
  ["secretsmanager", [`arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:some-secret-AbCdEf`]],
  ["ec2", [`arn:aws:ec2:${REGION}:${ACCOUNT}:instance/i-0123456789abcdef0`]],
  ["lambda", [`arn:aws:lambda:${REGION}:${ACCOUNT}:function:some-function`]],
  ["dynamodb", [`arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/some-table`]],
  ["cloudfront", [`arn:aws:cloudfront::${ACCOUNT}:distribution/EDFDVBD6EXAMPLE`]],
  ["logs", [`arn:aws:logs:${REGION}:${ACCOUNT}:log-group:some-group:log-stream:some-stream`]],
  ["ssm", [`arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/some/parameter`]],
  ["sqs", [`arn:aws:sqs:${REGION}:${ACCOUNT}:some-queue`]],
  ["sns", [`arn:aws:sns:${REGION}:${ACCOUNT}:some-topic`]],
  ["ecr", [`arn:aws:ecr:${REGION}:${ACCOUNT}:repository/some-repository`]],
  ["ecs", [`arn:aws:ecs:${REGION}:${ACCOUNT}:service/some-cluster/some-service`]],
  ["cloudformation", [`arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/some-stack/some-id`]],
]);
/** Calls that take no resource, among the usual ones. */
const WITHOUT_RESOURCE: ReadonlySet<string> = new Set(["ec2:DescribeInstances", "iam:ListRoles"]);

/** Whose roles are resources of the service, too. */
const IN_ARNS: ReadonlyMap<string, string> = new Map([["sts", "iam"]]);

/** More resources than this are not tried for one action. */
const MOST_RESOURCES = 60;

/**
 * Realistic resources for an action: first those in the policies, then common ones. All fit the
 * action's service.
 */
export function usualResources(action: string, policies: readonly Policy[]): readonly string[] {
  const [service = ""] = action.split(":");
  if (WITHOUT_RESOURCE.has(action)) return ["*"];
  const spelled = policies
    .flatMap(({ statements }) => statements.flatMap(({ resources }) => resources?.values ?? []))
    .flatMap((value) => completionsOf(value));
  const usual = USUAL_RESOURCES.get(service) ?? [];
  const inArns = IN_ARNS.get(service) ?? service;
  const fitting = [...new Set([...spelled, ...usual])].filter(
    (resource) => resource.split(":")[2] === inArns && fits(action, resource),
  );
  return [...fitting.slice(0, MOST_RESOURCES), ...(USUAL_RESOURCES.has(service) ? [] : ["*"])];
}

/** What S3 takes an object for has a path, and what it takes a bucket for has none. */
function fits(action: string, resource: string): boolean {
  const [service = "", name = ""] = action.toLowerCase().split(":");
  if (service !== "s3") return true;
  return name.includes("object") === resource.includes("/");
}

const IN_THE_MIDDLE = "some";

/** A text or two that a pattern matches; none for one that fixes no service. */
function completionsOf(value: Value): readonly string[] {
  const { text, pieces } = value;
  if (isLiteral(value)) return text.startsWith("arn:") ? [text] : [];
  const whole = pieces
    .map((piece, at) => {
      if (piece.kind === "literal") return piece.text;
      if (piece.kind === "variable") return "";
      if (piece.kind === "any-one") return "1";
      return at === pieces.length - 1 ? "*" : "**";
    })
    .join("");
  const parts = whole.split(":");
  if (parts.length < 6 || parts[2]?.includes("*") === true) return [];
  const filled = parts.map((part, at) => {
    if (at === 1) return part.replaceAll("**", "aws");
    if (at === 3) return part.replaceAll("**", REGION);
    return part.replaceAll("**", at === 4 ? ACCOUNT : IN_THE_MIDDLE);
  });
  const start = filled.join(":");
  if (!start.endsWith("*")) return [start];
  const before = start.slice(0, -1);
  return endsAfter(before, parts[2] === "s3").map((end) => `${before}${end}`);
}

/** What may stand for a star at the end, so that it reads like a name. */
function endsAfter(before: string, isS3: boolean): readonly string[] {
  const last = before.at(-1);
  if (last === ":") return isS3 ? ["some-bucket/index.html", "some-bucket"] : ["some-name"];
  if (last === "/") return isS3 ? ["index.html", "some/index.html"] : ["some-name"];
  const another = last === "-" ? "other" : "-other";
  return isS3 ? ["/index.html", `${another}/index.html`, another, ""] : [another, ""];
}
