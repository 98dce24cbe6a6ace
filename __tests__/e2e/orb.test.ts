import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse, stringify } from "yaml";
import { type SharedTerraform, sharedTerraform } from "../../dev/e2e/providers/shared-terraform";
import { buildPackage } from "../../dev/package/build-package";
import { packedOrb } from "../../dev/package/pack-orb";
import { type LocalCircleCi, startCircleCi } from "../../dev/sandbox/circleci/local-circleci";
import { jobEnvironment } from "../../dev/sandbox/runner/job-environment";
import { type PipelineJob, runPipeline } from "../../dev/sandbox/runner/run-pipeline";
import { writeConfig } from "../../lib/circleci/write-config";
import { grantingProjects } from "../../lib/config/model/grants";
import { provenTrustPolicy } from "../../lib/iam/write/trust/proven-trust-policy";
import { run } from "../../lib/process/run";
import { repositoryRoot } from "../../lib/programs/cache";
import { findPrograms } from "../../lib/programs/find-program";
import { readAccess } from "../../lib/project/read-access";
import { statuses } from "../dev/sandbox/runner/results";
import { ciCalls } from "../docs/ci-snippets";

// It is built once, and npm installs it in the first job that does; the other jobs get a copy of
// that. One job runs Terraform, which calls no AWS.
jest.setTimeout(300_000);

const TALK = path.join(repositoryRoot, "examples", "talk", "access.yaml");
const BRANCH_PIN = readFileSync(path.join(repositoryRoot, "examples/branch-pin/trust-policy.json"), "utf8");
const ID = "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03";

let folder: string;
let repository: string;
let orb: string;
let circleCi: LocalCircleCi;
let shared: SharedTerraform;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "orb-"));
  const built = path.join(folder, "package");
  await buildPackage(built);
  const name = execFileSync("npm", ["pack", built, "--silent"], { cwd: folder, encoding: "utf8" }).trim();
  // The registry does not have it: its tarball stands for it, and nothing else of the orb changes.
  orb = packedOrb().replaceAll(/default: cdktf-circleci-oidc@\S+/g, `default: ${path.join(folder, name)}`);
  circleCi = await startCircleCi({ organizations: [], now: Date.now });
  shared = await sharedTerraform();
  const terraform = path.dirname(shared.program);
  const PATH = `${npmOnce(path.join(folder, name))}:${terraform}:${process.env.PATH}`;
  env = jobEnvironment(shared.environment, { ...process.env, PATH });
  repository = path.join(folder, "repository");
  mkdirSync(repository);
  git("init", "-q", "-b", "main");
  const [website] = grantingProjects(readAccess(TALK));
  const deploy = website?.roles.find(({ key }) => key === "deploy");
  if (website === undefined || deploy === undefined) throw new Error("the talk has a role deploy");
  commit({
    "access.yaml": readFileSync(TALK, "utf8"),
    "policies/deploy.json": provenTrustPolicy(deploy),
    ".circleci/config.yml": writeConfig(website),
    "main.tf.json": JSON.stringify({
      terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
      provider: {
        aws: {
          region: "us-east-1",
          access_key: "none",
          secret_key: "none",
          skip_credentials_validation: true,
          skip_requesting_account_id: true,
          skip_metadata_api_check: true,
        },
      },
      resource: { aws_iam_role: { pin: { name: "pin", assume_role_policy: BRANCH_PIN } } },
    }),
  });
});

afterAll(async () => {
  await circleCi?.stop();
  await shared?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/**
 * @param tarball what the orb installs, in the working directory
 * @returns a folder with an `npm` that installs it once
 */
function npmOnce(tarball: string): string {
  const [npm = ""] = findPrograms("npm", process.env);
  const bin = path.join(folder, "bin");
  mkdirSync(bin);
  const installed = path.join(folder, "installed");
  writeFileSync(
    path.join(bin, "npm"),
    `#!/bin/bash
[ "$1 \${!#}" = "install ${tarball}" ] || exec '${npm}' "$@"
if [ -d '${installed}' ]; then cp -R '${installed}/.' .; exit; fi
'${npm}' "$@" || exit
cp -R . "${installed}.$$" && { [ -d '${installed}' ] || mv "${installed}.$$" '${installed}'; }
`,
  );
  chmodSync(path.join(bin, "npm"), 0o755);
  return bin;
}

function git(...args: readonly string[]): string {
  const who = ["-c", "user.name=alice", "-c", "user.email=alice@example.com"];
  return execFileSync("git", [...who, ...args], { cwd: repository, encoding: "utf8" }).trim();
}

/** Writes files and commits them. */
function commit(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.join(repository, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(repository, file), text);
  }
  git("add", "--all");
  git("commit", "-q", "-m", "Change");
}

/** The use of an example, with texts of it replaced. */
function example(name: string, ...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce(
    (usage, [from, to]) => {
      if (!usage.includes(from)) throw new Error(`the example ${name} has no ${from}`);
      return usage.replace(from, to);
    },
    stringify(parse(packedOrb()).examples[name].usage, { lineWidth: 0 }),
  );
}

let pushes = 0;
async function push(config: string): Promise<readonly PipelineJob[]> {
  pushes += 1;
  return runPipeline(
    {
      username: "alice",
      token: { organization: ID, project: ID, user: ID, source: { origin: "o", ref: "refs/heads/main" } },
      repository,
      commit: git("rev-parse", "HEAD"),
      branch: "main",
    },
    {
      config,
      folder: path.join(folder, `push-${pushes}`),
      env,
      mint: circleCi.mint,
      orbs: new Map([["acme/oidc@0.1.0", orb]]),
    },
  );
}

test("expect_denied passes for bob, and fails for alice, who may deploy", async () => {
  expect(statuses(await push(example("expect_denied")))).toEqual(["oidc/explain-expect success"]);
  const [failed] = await push(example("expect_denied", ["person: bob", "person: alice"]));
  expect(failed).toMatchObject({ status: "failed", result: { failedStep: "Expect for alice: deny" } });
});

test("review_plan and docs/ci.md fail on a new role that tokens can assume; nothing is destroyed", async () => {
  const both = example("review_plan", [
    "fail-on: broader,unknown",
    'matrix: { parameters: { fail-on: ["broader,unknown", destroy] } }',
  ]);
  expect(statuses(await push(both))).toEqual([
    "plan success",
    "oidc/review-broader,unknown failed",
    "oidc/review-destroy success",
  ]);
  const reports = path.join(folder, `push-${pushes}`, "access", "jobs");
  for (const job of readdirSync(reports).filter((one) => one.includes("destroy")))
    expect(readdirSync(path.join(reports, job, "artifacts", "oidc-reports")).sort()).toEqual([
      "review.html",
      "review.json",
      "review.md",
      "review.sarif",
    ]);

  // In the folder in which the job has made plan.json.
  const cwd = path.join(reports, "plan", "project");
  const program = path.join(folder, "package", "bin", "oidc.cjs");
  const answers = await Promise.all(
    ciCalls().map((call) => run(process.execPath, [program, ...call.split(" ")], { cwd })),
  );
  expect(ciCalls().map((call) => call.split(" ")[0])).toEqual(["audit", "review", "review"]);
  expect(answers.map(({ exitCode }) => exitCode)).toEqual([0, 1, 1]);
  expect(JSON.parse(readFileSync(path.join(cwd, "oidc.sarif"), "utf8"))).toMatchObject({ version: "2.1.0" });
});

test("own_steps and audit_policies pass; they fail on an edited pipeline and on a wildcard policy", async () => {
  expect(statuses(await push(example("own_steps")))).toEqual(["pipeline success"]);
  expect(statuses(await push(example("audit_policies")))).toEqual(["oidc/audit success"]);
  const config = readFileSync(path.join(repository, ".circleci/config.yml"), "utf8");
  commit({
    ".circleci/config.yml": config.replace("aws sts get-caller-identity", "true"),
    "policies/pin.json": BRANCH_PIN,
  });
  expect(statuses(await push(example("own_steps")))).toEqual(["pipeline failed"]);
  const [audited] = await push(example("audit_policies"));
  expect(audited).toMatchObject({ status: "failed", result: { failedStep: "Audit trust policies" } });
  git("reset", "-q", "--hard", "HEAD~1");
});

test("a version that is not exact, or a list of files that names none, is refused", async () => {
  const latest = example("own_steps", [
    "- oidc/install",
    "- oidc/install: { package: cdktf-circleci-oidc@1 }",
  ]);
  expect((await push(latest))[0]?.result).toMatchObject({ failedStep: "Install oidc" });
  const none = example("audit_policies", ["policies: policies", 'policies: "\\n"']);
  expect((await push(none))[0]?.result?.message).toBe("error: policies: no file is named");
});
