import type { Rule } from "./rule";

/**
 * Names that become part of ARNs in policies. No pattern accepts `*`, `?` or `$`, which IAM would
 * read as wildcards and variables.
 */
export const DEPLOY_NAMES = {
  /** CloudFront API Reference, `Distribution`, `Id`. */
  distribution: {
    pattern: "^[A-Z0-9]{8,32}$",
    what: "the ID of a CloudFront distribution",
    allowed: "capital letters and digits, such as E2QWRUHAPOMQZL",
  },
  /** CloudFront Developer Guide, "Invalidate files": `*` is a wildcard at the end only. */
  invalidationPath: {
    pattern: "^/[A-Za-z0-9._~!$&'()+,;=:@%/-]*[*]?$",
    what: "a path of an invalidation",
    allowed: "a path that begins with /, with * at the end at most",
  },
  /** Amazon ECR API Reference, `CreateRepository`, `repositoryName`. */
  ecrRepository: {
    pattern: "^(?=.{2,256}$)[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*$",
    what: "the name of an ECR repository",
    allowed: "lower-case letters, digits, . _ - and /, such as acme/website",
  },
  /** Amazon ECS API Reference, `CreateService`, `serviceName`. */
  ecsName: {
    pattern: "^[A-Za-z0-9_-]{1,255}$",
    what: "a name of ECS",
    allowed: "letters, digits, _ and -; at most 255 characters; no ARN",
  },
  image: {
    pattern: "^[a-z0-9][A-Za-z0-9._/:@-]*([$]CIRCLE_SHA1)?$",
    what: "a container image",
    allowed: "an image with its tag, which may be $CIRCLE_SHA1",
  },
  /** IAM User Guide, "IAM identifiers". */
  taskRole: {
    pattern:
      "^([A-Za-z0-9_+=,.@-]{1,64}|arn:[a-z-]+:iam::[0-9]{12}:role/([A-Za-z0-9_+=,.@-]+/)*[A-Za-z0-9_+=,.@-]{1,64})$",
    what: "an IAM role",
    allowed: "the name of a role without its path, or the ARN of a role, without wildcards",
  },
  /** AWS Lambda API Reference, `CreateFunction`, `FunctionName`. */
  lambdaFunction: {
    pattern: "^[A-Za-z0-9_-]{1,64}$",
    what: "the name of a Lambda function",
    allowed: "letters, digits, _ and -; at most 64 characters; no ARN",
  },
  /** AWS Lambda API Reference, `CreateAlias`, `Name`. */
  lambdaAlias: {
    pattern: "^(?![0-9]+$)[A-Za-z0-9_-]{1,128}$",
    what: "the name of an alias of a Lambda function",
    allowed: "letters, digits, _ and -, not only digits; at most 128 characters",
  },
  /** AWS CDK's bootstrap template, parameter `Qualifier`. */
  qualifier: {
    pattern: "^[A-Za-z0-9_-]{1,10}$",
    what: "a qualifier of CDK's bootstrap stack",
    allowed: "letters, digits, _ and -; at most 10 characters, such as hnb659fds",
  },
  stack: {
    pattern: "^[A-Za-z][A-Za-z0-9/-]{0,127}$",
    what: "the name of a CDK stack",
    allowed: "a letter, then letters, digits, - and /",
  },
  stateKey: {
    pattern: "^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$",
    what: "the key of a Terraform state",
    allowed: "letters, digits, _ . - and /, such as website/terraform.tfstate",
  },
  /** AWS Systems Manager API Reference, `PutParameter`, `Name`. */
  parameter: {
    pattern: "^/?[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$",
    what: "the name of a Systems Manager parameter",
    allowed: "letters, digits, _ . - and /, such as /website/token; no ARN",
  },
  /** AWS Secrets Manager API Reference, `CreateSecret`, `Name`. */
  secret: {
    pattern: "^[A-Za-z0-9/_+=.@-]{1,512}$",
    what: "the name of a Secrets Manager secret",
    allowed: "letters, digits and / _ + = . @ -, such as website/token; no ARN",
  },
} as const;

export type DeployName = keyof typeof DEPLOY_NAMES;

export function deployNameRule(name: DeployName): Rule {
  const { pattern, what, allowed } = DEPLOY_NAMES[name];
  const form = new RegExp(pattern);
  return (text) =>
    form.test(text)
      ? undefined
      : {
          code: "malformed-deploy",
          message: `this is not ${what}`,
          found: text,
          allowed,
          fix: "copy it from the AWS console, without wildcards",
        };
}
