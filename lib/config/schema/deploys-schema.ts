import { bucketNamePattern, bucketNameRule } from "../rules/bucket";
import { DEPLOY_NAMES, type DeployName, deployNameRule } from "../rules/deploys";
import { folderPattern, folderRule } from "../rules/pipeline";
import { list, strictMap, text } from "./schema-parts";

function name(of: DeployName, description: string) {
  const { what, pattern } = DEPLOY_NAMES[of];
  return text(deployNameRule(of), what, { description, pattern });
}

function names(of: DeployName, one: string, several: string) {
  return list(name(of, one), "a list of names").meta({ description: several });
}

function folder(description: string) {
  return text(folderRule, "a path of the checkout", { description, pattern: folderPattern });
}

const cloudfront = strictMap(
  {
    distribution: name("distribution", "The distribution's ID."),
    paths: names("invalidationPath", "A path, such as `/index.html` or `/*`.", "Default: `/*`.").optional(),
  },
  "a distribution",
).meta({ description: "Invalidates a CloudFront distribution after the upload." });

const ecr = strictMap(
  {
    repository: name("ecrRepository", "The repository's name."),
    context: folder("The folder with the files of the image. Default: `.`.").optional(),
    dockerfile: folder("The Dockerfile. Default: `Dockerfile` in `context`.").optional(),
  },
  "a repository",
).meta({ description: "Builds an image and pushes it with the commit's SHA as its tag." });

const ecs = strictMap(
  {
    cluster: name("ecsName", "The cluster's name."),
    service: name("ecsName", "The service's name."),
    container: name("ecsName", "The container of the task definition that gets the new image."),
    family: name("ecsName", "The task definition's family. Default: the service's name.").optional(),
    taskRoles: names(
      "taskRole",
      "The name or ARN of a role.",
      "The task role and the task execution role of the task definition. Only these may be passed, and only to ECS tasks.",
    ),
    image: name("image", "The new image. Default: the image that `ecr` of this role pushes.").optional(),
  },
  "a service",
).meta({ description: "Deploys a new image to an ECS service, and waits until the service is stable." });

const lambda = strictMap(
  {
    function: name("lambdaFunction", "The function's name."),
    alias: name("lambdaAlias", "The alias that is moved to the new version."),
    package: folder("The zip file with the code, such as `dist/function.zip`."),
  },
  "a function",
).meta({ description: "Updates a Lambda function's code, publishes a version and moves the alias." });

const cdk = strictMap(
  {
    qualifier: name("qualifier", "The qualifier of the bootstrap stack; CDK's default is `hnb659fds`."),
    stacks: names("stack", "A stack.", "The stacks to deploy. Default: all.").optional(),
  },
  "a CDK app",
).meta({
  description:
    "Deploys a CDK app with the roles of CDK's bootstrap stack. Its CloudFormation execution role decides what the app may change.",
});

const terraform = strictMap(
  {
    stateBucket: text(bucketNameRule, "a bucket name", {
      description: "The bucket of the state. Not the account's `state.bucket`.",
      pattern: bucketNamePattern,
    }),
    key: name("stateKey", "The key of the state in the bucket."),
    directory: folder("The folder with the configuration. Default: `.`.").optional(),
  },
  "a Terraform configuration",
).meta({
  description:
    "Runs `terraform init`, `plan` and `apply` on a configuration of the project. Gives access to its state; write what it may change as `statements`.",
});

const ssm = strictMap(
  { parameters: names("parameter", "A parameter's name.", "The parameters that the role may read.") },
  "a map with parameters",
).meta({ description: "Systems Manager parameters that the role may read." });

const secrets = strictMap(
  { secrets: names("secret", "A secret's name.", "The secrets that the role may read.") },
  "a map with secrets",
).meta({ description: "Secrets Manager secrets that the role may read." });

/** What a role deploys: permissions on exactly these resources, and the steps of its job. */
export const deploysSchema = strictMap(
  {
    terraform: terraform.optional(),
    cdk: cdk.optional(),
    ecr: ecr.optional(),
    ecs: ecs.optional(),
    lambda: lambda.optional(),
    cloudfront: cloudfront.optional(),
    ssm: ssm.optional(),
    secrets: secrets.optional(),
  },
  "a map of presets",
).meta({
  description:
    "What the role deploys: each preset gives the permissions for it, and the steps of the role's job.",
  minProperties: 1,
});
