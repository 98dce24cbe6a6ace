import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { jobEnvironment } from "../../../../dev/sandbox/runner/job-environment";
import { deploySteps } from "../../../../lib/circleci/deploys/deploy-steps";
import type { Deploys } from "../../../../lib/config/model/deploys-model";
import { printPolicy } from "../../../../lib/iam/language/document";
import { inlinePolicies } from "../../../../lib/iam/write/inline-policies";
import { run } from "../../../../lib/process/run";
import { anAccount, aRole } from "../../../fixtures/access";
import { asAdministrator } from "../as-administrator";
import { sessionOf, TestSandbox } from "../test-sandbox";

/** The commands of the generated jobs, by the real AWS CLI, with the role's credentials. */
const world = new TestSandbox();
const account = anAccount();
let folder: string;

beforeAll(async () => {
  await world.start();
  folder = mkdtempSync(path.join(tmpdir(), "deploys-"));
});
afterAll(async () => {
  await world.stop();
  rmSync(folder, { recursive: true, force: true });
});

const administrator = (command: string): Promise<string> => asAdministrator(world.sandbox, command, folder);

let roles = 0;
/** What runs bash with the credentials of a role that has these presets and nothing else. */
async function sessionWith(deploys: Deploys): Promise<(command: string) => Promise<string>> {
  roles += 1;
  const role = aRole({ deploys, account });
  const [own] = inlinePolicies(role);
  if (own === undefined) throw new Error("no policy");
  const arn = await world.createRole(`deploys-${roles}`, printPolicy(own.document));
  const { accessKeyId, secretAccessKey, sessionToken } = sessionOf(await world.assume(arn));
  const env = {
    ...jobEnvironment(world.sandbox.environment),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_DEFAULT_REGION: "us-east-1",
    CIRCLE_SHA1: "abc123",
  };
  return async (command) => {
    const ended = await run("bash", ["-eo", "pipefail", "-c", command], { env, cwd: folder });
    return ended.exitCode === 0 ? `done ${ended.stdout.trim()}` : `failed ${ended.stderr.trim()}`;
  };
}

function commandsOf(deploys: Deploys): readonly string[] {
  return deploySteps({ deploys, account }, true).map((step) =>
    typeof step === "object" && "run" in step ? step.run.command : String(step),
  );
}

const DENIED = /^failed .*\((AccessDenied|AccessDeniedException)\)/s;
const DONE = /^done /;

test("CloudFront: the job invalidates its distribution, and no other", async () => {
  const create = async (): Promise<string> =>
    administrator(
      "aws cloudfront create-distribution --origin-domain-name acme-website.s3.amazonaws.com --query Distribution.Id --output text",
    );
  const [own, other] = [await create(), await create()];
  const deploys = { cloudfront: { distribution: own, paths: ["/*"] } };
  const job = await sessionWith(deploys);
  const [command = ""] = commandsOf(deploys);
  expect(command).toContain("aws cloudfront wait invalidation-completed ");
  expect(await job(command)).toMatch(DONE);
  const [neighbour = ""] = commandsOf({ cloudfront: { distribution: other, paths: ["/*"] } });
  expect(await job(neighbour)).toMatch(DENIED);
  expect(await job(`aws cloudfront get-distribution --id ${own}`)).toMatch(DENIED);
});

test("parameters and secrets: those that are named, and no other", async () => {
  for (const name of ["/site/token", "/site/token2"])
    await administrator(`aws ssm put-parameter --name ${name} --value v --type SecureString`);
  for (const name of ["site/db", "site/db-2"])
    await administrator(`aws secretsmanager create-secret --name ${name} --secret-string s`);
  const job = await sessionWith({ ssm: { parameters: ["/site/token"] }, secrets: { secrets: ["site/db"] } });
  const parameter = (names: string) => job(`aws ssm get-parameters --with-decryption --names ${names}`);
  expect(await job("aws ssm get-parameter --with-decryption --name /site/token")).toMatch(DONE);
  expect(await parameter("/site/token")).toMatch(DONE);
  expect(await parameter("/site/token2")).toMatch(DENIED);
  expect(await parameter("/site/token /site/token2")).toMatch(DENIED);
  expect(await job("aws ssm put-parameter --name /site/token --value x --overwrite")).toMatch(DENIED);
  const secret = (name: string) => job(`aws secretsmanager get-secret-value --secret-id ${name}`);
  expect(await secret("site/db")).toMatch(DONE);
  expect(await secret("site/db-2")).toMatch(DENIED);
});

test("Lambda: the job updates, publishes and moves the alias of its function, and of no other", async () => {
  await administrator(
    'aws iam create-role --role-name runs-functions --assume-role-policy-document \'{"Version":"2012-10-17","Statement":[]}\'',
  );
  await administrator(
    "echo 'def handler(event, context): return 1' > code.py; python3 -m zipfile -c f.zip code.py",
  );
  for (const name of ["resize", "resize-2"])
    await administrator(
      `aws lambda create-function --function-name ${name} --runtime python3.12 --handler code.handler --role arn:aws:iam::123456789012:role/runs-functions --zip-file fileb://f.zip --publish > created; aws lambda create-alias --function-name ${name} --name live --function-version 1`,
    );
  await administrator(
    "echo 'def handler(event, context): return 2' > code.py; python3 -m zipfile -c f.zip code.py",
  );
  const lambda = { function: "resize", alias: "live", package: "f.zip" };
  const job = await sessionWith({ lambda });
  const [command = ""] = commandsOf({ lambda });
  expect(await job(command)).toMatch(DONE);
  const version =
    "aws lambda get-alias --function-name resize --name live --query FunctionVersion --output text";
  expect(await administrator(version)).toBe("2");
  const [update = "", , publish = "", move = ""] =
    commandsOf({ lambda: { ...lambda, function: "resize-2" } })[0]?.split("\n") ?? [];
  for (const part of [update, publish, move]) expect(await job(`code=x version=1; ${part}`)).toMatch(DENIED);
  expect(
    await job("aws lambda update-function-code --function-name resize --s3-bucket other --s3-key f.zip"),
  ).toMatch(DENIED);
});

test("ECS: the job deploys to its service with its task roles, and nothing else", async () => {
  const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
  const definition = (image: string, taskRole: string, family = "site") =>
    JSON.stringify({
      family,
      taskRoleArn: role(taskRole),
      executionRoleArn: role("execution"),
      containerDefinitions: [{ name: "app", image, memory: 128 }],
    });
  writeFileSync(path.join(folder, "first.json"), definition("old", "task"));
  writeFileSync(path.join(folder, "stolen.json"), definition("old", "administrator"));
  writeFileSync(path.join(folder, "family.json"), definition("old", "task", "site-2"));
  await administrator("aws ecs create-cluster --cluster-name web");
  await administrator("aws ecs register-task-definition --cli-input-json file://first.json");
  for (const name of ["site", "site-2"])
    await administrator(
      `aws ecs create-service --cluster web --service-name ${name} --task-definition site --desired-count 0`,
    );
  const ecs = {
    cluster: "web",
    service: "site",
    container: "app",
    family: "site",
    taskRoles: [role("task"), role("execution")],
    image: "acme/app:$CIRCLE_SHA1",
  };
  const job = await sessionWith({ ecs });
  for (const command of commandsOf({ ecs })) expect(await job(command)).toMatch(DONE);
  const running =
    "aws ecs describe-task-definition --task-definition $(aws ecs describe-services --cluster web --services site --query 'services[0].taskDefinition' --output text) --query 'taskDefinition.containerDefinitions[0].image' --output text";
  expect(await administrator(running)).toBe("acme/app:abc123");
  const neighbour = commandsOf({ ecs: { ...ecs, service: "site-2" } });
  expect(await job(neighbour[0] ?? "")).toMatch(DENIED);
  expect(await job("aws ecs update-service --cluster web --service site-2 --task-definition site")).toMatch(
    DENIED,
  );
  for (const file of ["stolen", "family"])
    expect(await job(`aws ecs register-task-definition --cli-input-json file://${file}.json`)).toMatch(
      DENIED,
    );
});

test("ECR: the job may push to its repository, and to no other; moto ends the upload of layers", async () => {
  for (const name of ["acme/website", "acme/website-2"])
    await administrator(`aws ecr create-repository --repository-name ${name}`);
  const job = await sessionWith({ ecr: { repository: "acme/website", context: "." } });
  expect(await job("aws ecr get-login-password --region us-east-1")).toMatch(DONE);
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: "application/vnd.docker.distribution.manifest.v2+json",
    config: {
      mediaType: "application/vnd.docker.container.image.v1+json",
      size: 2,
      digest: `sha256:${"0".repeat(64)}`,
    },
    layers: [],
  });
  writeFileSync(path.join(folder, "manifest.json"), manifest);
  const calls = (name: string): readonly string[] => [
    `put-image --repository-name ${name} --image-tag abc123 --image-manifest file://manifest.json`,
    `batch-get-image --repository-name ${name} --image-ids imageTag=abc123`,
    `batch-check-layer-availability --repository-name ${name} --layer-digests sha256:${"0".repeat(64)}`,
    `initiate-layer-upload --repository-name ${name}`,
  ];
  for (const call of calls("acme/website-2").slice(2)) expect(await job(`aws ecr ${call}`)).toMatch(DENIED);
  const own: string[] = [];
  for (const call of calls("acme/website")) own.push(await job(`aws ecr ${call}`));
  expect(own[0]).toMatch(DONE);
  expect(own[1]).toMatch(DONE);
  // The proxy authorizes the calls, and moto 5.2.1 does not have them.
  for (const end of own.slice(2)) expect(end).not.toMatch(DENIED);
  expect(await job("aws ecr delete-repository --repository-name acme/website")).toMatch(DENIED);
});
