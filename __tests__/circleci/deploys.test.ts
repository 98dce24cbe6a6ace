import { deploySteps } from "../../lib/circleci/deploys/deploy-steps";
import { writeConfig } from "../../lib/circleci/write-config";
import { aBucket, aProject, aRole } from "../fixtures/access";
import { everyPreset } from "../iam/write/deploys/every-preset";
import { commandsOf } from "./commands-of";
import { validConfig } from "./valid-config";

const IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/website:$CIRCLE_SHA1";

test("CloudFront: an invalidation, and waiting for it", () => {
  expect(commandsOf({ cloudfront: { distribution: "E2QWRUHAPOMQZL", paths: ["/*", "/a(b"] } })).toEqual([
    [
      "invalidation=$(aws cloudfront create-invalidation --distribution-id E2QWRUHAPOMQZL --paths '/*' '/a(b' --query Invalidation.Id --output text)",
      'aws cloudfront wait invalidation-completed --distribution-id E2QWRUHAPOMQZL --id "$invalidation"',
    ].join("\n"),
  ]);
});

test("ECR: login, build and push with the commit's tag", () => {
  const ecr = { repository: "acme/website", context: "app", dockerfile: "app/Dockerfile.prod" };
  const registry = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
  const commands = [
    `aws ecr get-login-password --region us-east-1 | docker login --username AWS --password-stdin ${registry}`,
    `docker build --file app/Dockerfile.prod --tag "${IMAGE}" app`,
    `docker push "${IMAGE}"`,
  ];
  expect(commandsOf({ ecr })).toEqual(["setup_remote_docker", ...commands]);
  expect(commandsOf({ ecr }, true)).toEqual(commands);
});

test("ECS: the image that the job pushed, or the one that the file names", () => {
  const { ecr, ecs } = everyPreset;
  expect(commandsOf({ ecr, ecs }, true)[3]).toContain(`--arg image "${IMAGE}"`);
  const named = commandsOf({ ecs: { ...ecs, image: "acme/app:$CIRCLE_SHA1" } });
  expect(named[0]).toContain('--arg image "acme/app:$CIRCLE_SHA1"');
  expect(named[1]).toContain("aws ecs wait services-stable --cluster web --services site");
});

test("Lambda: the published version has the code of this job", () => {
  expect(commandsOf({ lambda: everyPreset.lambda })).toEqual([
    [
      "code=$(aws lambda update-function-code --function-name resize --zip-file fileb://dist/function.zip --query CodeSha256 --output text)",
      "aws lambda wait function-updated --function-name resize",
      'version=$(aws lambda publish-version --function-name resize --code-sha256 "$code" --query Version --output text)',
      'aws lambda update-alias --function-name resize --name live --function-version "$version" --query FunctionVersion --output text',
    ].join("\n"),
  ]);
});

test("CDK and Terraform", () => {
  const { cdk, terraform } = everyPreset;
  expect(commandsOf({ cdk })).toEqual([
    "npx cdk deploy --all --require-approval never --context @aws-cdk/core:bootstrapQualifier=hnb659fds",
  ]);
  expect(commandsOf({ cdk: { ...cdk, stacks: ["Site", "prod/Api"] } })[0]).toContain(
    "deploy Site prod/Api --",
  );
  const openTofu = deploySteps({ deploys: { terraform }, account: aRole().account }, false, "tofu");
  expect(JSON.stringify(openTofu)).toMatch(/"tofu -chdir=\S+ init .*"tofu -chdir=\S+ apply/);
  expect(commandsOf({ terraform: { ...terraform, directory: "infra" } })).toEqual([
    "aws s3api head-object --bucket acme-site-state --key site/terraform.tfstate > /dev/null 2>&1 || aws s3api put-object --bucket acme-site-state --key site/terraform.tfstate --if-none-match '*'",
    "terraform -chdir=infra init -input=false -backend-config=bucket=acme-site-state -backend-config=key=site/terraform.tfstate -backend-config=region=us-east-1 -backend-config=use_lockfile=true",
    "terraform -chdir=infra plan -input=false -out=deploy.tfplan",
    "terraform -chdir=infra apply -input=false deploy.tfplan",
  ]);
});

test("parameters and secrets have no steps", () => {
  const { ssm, secrets } = everyPreset;
  expect(commandsOf({ ssm, secrets })).toEqual([]);
});

function stepsOf(settings: Parameters<typeof aRole>[0]): readonly unknown[] {
  const role = aRole({ bucket: aBucket({ name: "acme-website" }), deploys: everyPreset, ...settings });
  const { jobs } = validConfig<{
    readonly jobs: { readonly deploy: { readonly steps: readonly unknown[] } };
  }>(writeConfig(aProject({ roles: [role] })));
  return jobs.deploy.steps;
}

test("presets run after the upload and before the role's commands", () => {
  const steps = stepsOf({ pipeline: { run: ["./notify"], contexts: [] } });
  const names = steps.map((step) => JSON.stringify(step).match(/"name":"([^"]*)"/)?.[1] ?? step);
  expect(names.slice(4)).toEqual([
    "Upload public",
    "Create the state if there is none",
    "Initialize Terraform",
    "Plan with Terraform",
    "Apply the plan",
    "Deploy with CDK",
    "setup_remote_docker",
    "Log in to 123456789012.dkr.ecr.us-east-1.amazonaws.com",
    "Build acme/website",
    "Push acme/website",
    "Render the task definition of site",
    "Deploy site",
    "Deploy resize",
    "Invalidate E2QWRUHAPOMQZL",
    "./notify",
  ]);
});

test.each([
  ["an executor, which may be a machine", { executor: "machine" }, 0],
  [
    "a step of the file",
    { steps: { before: [{ setup_remote_docker: { docker_layer_caching: true } }], after: [] } },
    1,
  ],
])("Docker is set up once: %s", (_, pipeline, times) => {
  const steps = stepsOf({ pipeline: { run: [], contexts: [], ...pipeline } });
  expect(JSON.stringify(steps).match(/setup_remote_docker/g) ?? []).toHaveLength(times);
});
