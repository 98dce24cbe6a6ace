import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { jobEnvironment } from "../../../../dev/sandbox/runner/job-environment";
import { type PipelineJob, runPipeline } from "../../../../dev/sandbox/runner/run-pipeline";
import { createSite, type Site } from "../../../../dev/sandbox/runner/site";
import { writeConfig } from "../../../../lib/circleci/write-config";
import type { Project } from "../../../../lib/config/model/model";
import { printPolicy } from "../../../../lib/iam/language/document";
import { inlinePolicies } from "../../../../lib/iam/write/inline-policies";
import { provenTrustPolicy } from "../../../../lib/iam/write/trust/proven-trust-policy";
import { accessOfWebsite, projectOf } from "../../../circleci/one-project";
import { asAdministrator } from "../as-administrator";
import { ALICE, ORGANIZATION, PROJECT, policy, TestSandbox } from "../test-sandbox";

/**
 * The whole generated jobs of the presets `cdk`, `terraform` and `ecr`, with the sessions of their
 * own roles. `authorize/deploys.sandbox.test.ts` runs the steps of the other presets.
 */
const BOOTSTRAPPED = "123456789012-us-east-1";
const ROOT = "arn:aws:iam::123456789012:root";
const access = accessOfWebsite(`
      cdk: { people: [alice], branches: [main], deploys: { cdk: { qualifier: acme } } }
      infra:
        people: [alice]
        branches: [main]
        deploys: { terraform: { stateBucket: acme-states, key: site/terraform.tfstate, directory: infra } }
      image: { people: [alice], branches: [main], deploys: { ecr: { repository: acme/site } } }`);
const fixtures = path.join(__dirname, "fixtures");

const world = new TestSandbox();
let website: Project;
let folder: string;
let site: Site;
let tools: string;

beforeAll(async () => {
  await world.start();
  folder = await mkdtemp(path.join(tmpdir(), "deploy-jobs-"));
  tools = path.join(folder, "tools");
  await mkdir(tools);
  await cp(path.join(fixtures, "docker"), path.join(tools, "docker"));
  website = projectOf(access, "website");
  for (const { name, ...role } of website.roles) {
    const trust: object = JSON.parse(provenTrustPolicy({ name, ...role }));
    const [own] = inlinePolicies({ name, ...role });
    if (own === undefined) throw new Error(`${name} has no policy`);
    await world.createRole(name, printPolicy(own.document), { trust });
  }
  for (const qualifier of ["acme", "other"]) await bootstrap(qualifier);
  const repository = path.join(folder, "site");
  await writeRepository(repository);
  site = await createSite(repository, "public", jobEnvironment(world.sandbox.environment));
});
afterAll(async () => {
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});

const administrator = (command: string): Promise<string> => asAdministrator(world.sandbox, command, folder);

/**
 * The roles of CDK's bootstrap stack that a deploy uses, with the parts of their policies for it.
 */
async function bootstrap(qualifier: string): Promise<void> {
  const nameOf = (role: string): string => `cdk-${qualifier}-${role}-${BOOTSTRAPPED}`;
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: ROOT } }],
  };
  const assets = `arn:aws:s3:::cdk-${qualifier}-assets-${BOOTSTRAPPED}`;
  const execution = `arn:aws:iam::123456789012:role/${nameOf("cfn-exec-role")}`;
  const version = `arn:aws:ssm:us-east-1:123456789012:parameter/cdk-bootstrap/${qualifier}/version`;
  const changes = ["CreateChangeSet", "DescribeChangeSet", "ExecuteChangeSet", "DescribeStacks"];
  await world.createRole(
    nameOf("deploy-role"),
    policy(
      { Effect: "Allow", Action: changes.map((name) => `cloudformation:${name}`), Resource: "*" },
      { Effect: "Allow", Action: "iam:PassRole", Resource: execution },
      { Effect: "Allow", Action: "s3:GetObject*", Resource: `${assets}/*` },
      { Effect: "Allow", Action: "ssm:GetParameter", Resource: version },
    ),
    { trust },
  );
  await world.createRole(
    nameOf("file-publishing-role"),
    policy({ Effect: "Allow", Action: "s3:PutObject", Resource: `${assets}/*` }),
    { trust },
  );
}

async function writeRepository(repository: string): Promise<void> {
  const bin = path.join(repository, "node_modules", ".bin");
  await mkdir(bin, { recursive: true });
  await mkdir(path.join(repository, "infra"));
  await cp(path.join(fixtures, "cdk"), path.join(bin, "cdk"));
  await chmod(path.join(bin, "cdk"), 0o755);
  const write = (name: string, text: string): Promise<void> => writeFile(path.join(repository, name), text);
  const parameter = {
    Type: "AWS::SSM::Parameter",
    Properties: { Name: "/made", Type: "String", Value: "1" },
  };
  await write("site.template.json", JSON.stringify({ Resources: { Made: parameter } }));
  await write("Dockerfile", "FROM scratch\n");
  await write("image-manifest.json", JSON.stringify(MANIFEST));
  // No provider: it would be downloaded.
  await write(
    "infra/main.tf",
    'terraform {\n  backend "s3" {}\n}\n\nresource "terraform_data" "made" {\n  input = "by the job"\n}\n',
  );
}

const MANIFEST = {
  schemaVersion: 2,
  mediaType: "application/vnd.docker.distribution.manifest.v2+json",
  config: {
    mediaType: "application/vnd.docker.container.image.v1+json",
    size: 2,
    digest: `sha256:${"0".repeat(64)}`,
  },
  layers: [],
};

let pushes = 0;
async function push(config: string): Promise<readonly PipelineJob[]> {
  pushes += 1;
  const commit = await site.commit("main", "alice", `Push ${pushes}`);
  const env = jobEnvironment(world.sandbox.environment);
  const token = {
    organization: ORGANIZATION,
    project: PROJECT,
    user: ALICE,
    source: { origin: website.repository, ref: "refs/heads/main" },
  };
  return runPipeline(
    { username: "alice", token, repository: site.repository, commit, branch: "main" },
    {
      config,
      folder: path.join(folder, String(pushes)),
      env: { ...env, PATH: `${tools}:${env.PATH ?? ""}` },
      mint: world.sandbox.circleCi.mint,
    },
  );
}

const shown = (jobs: readonly PipelineJob[]) =>
  jobs.map(({ name, status, result }) =>
    [name, status, result?.failedStep, result?.message].join(" ").trim(),
  );

test("each job deploys what its preset names, and nothing beside it", async () => {
  await administrator(
    `aws s3api create-bucket --bucket acme-states
     aws s3api create-bucket --bucket cdk-acme-assets-${BOOTSTRAPPED}
     aws ssm put-parameter --name /cdk-bootstrap/acme/version --value 27 --type String
     aws ecr create-repository --repository-name acme/site
     aws ecr create-repository --repository-name acme/site-2`,
  );
  const config = writeConfig(website);
  world.decisions.length = 0;
  expect(shown(await push(config))).toEqual(["cdk success", "image success", "infra success"]);
  // CDK works with the sessions of the bootstrap roles, each of which may do what its own policies
  // say.
  const used = world.decisions
    .filter(({ caller, verdict }) => verdict === "allowed" && caller.includes("/aws-cdk-circleci"))
    .map(({ caller, action = "" }) => `${/cdk-acme-([a-z-]+?)-role-/.exec(caller)?.[1]} ${action}`);
  expect(used).toEqual([
    "file-publishing s3:PutObject",
    "deploy ssm:GetParameter",
    "deploy cloudformation:CreateChangeSet",
    "deploy iam:PassRole",
    "deploy s3:GetObject",
    "deploy cloudformation:DescribeChangeSet",
    "deploy cloudformation:ExecuteChangeSet",
    "deploy cloudformation:DescribeStacks",
  ]);
  const made = await administrator(
    `aws ssm get-parameter --name /made --query Parameter.Value --output text
     aws s3 cp s3://acme-states/site/terraform.tfstate - | jq -r '.resources[].instances[].attributes.input.value'
     aws s3api list-objects-v2 --bucket acme-states --query 'Contents[].Key' --output text
     aws ecr list-images --repository-name acme/site --query 'length(imageIds)'`,
  );
  expect(made.split("\n")).toEqual(["1", "by the job", "site/terraform.tfstate", "1"]);

  const neighbours = config
    .replaceAll("bootstrapQualifier=acme", "bootstrapQualifier=other")
    .replaceAll("site/terraform.tfstate", "site-2/terraform.tfstate")
    .replaceAll("/acme/site:", "/acme/site-2:");
  expect(shown(await push(neighbours))).toEqual([
    expect.stringMatching(
      /^cdk failed Deploy with CDK .*\(AccessDenied\).*sts:AssumeRole on resource: .*role\/cdk-other-file-publishing-role/,
    ),
    expect.stringMatching(
      /^image failed Push acme\/site .*\(AccessDeniedException\).*ecr:PutImage.*repository\/acme\/site-2/,
    ),
    expect.stringMatching(
      /^infra failed Create the state .*\(AccessDenied\).*s3:PutObject on resource: "arn:aws:s3:::acme-states\/site-2\//,
    ),
  ]);
});
