import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { S3Client } from "@aws-sdk/client-s3";
import { jobEnvironment } from "../../../../dev/sandbox/runner/job-environment";
import { runsOn } from "../../../../dev/sandbox/runner/pipeline-values";
import { readRunnable } from "../../../../dev/sandbox/runner/read-config";
import {
  type PipelineJob,
  type Push,
  type RunnerSettings,
  runPipeline,
} from "../../../../dev/sandbox/runner/run-pipeline";
import { createSite, type Site } from "../../../../dev/sandbox/runner/site";
import { s3Client } from "../../../../dev/tools/sandbox-support";
import { mergeConfig } from "../../../../lib/circleci/merge-config";
import { writeConfig } from "../../../../lib/circleci/write-config";
import { grantingProjects } from "../../../../lib/config/model/grants";
import type { Access, Project } from "../../../../lib/config/model/model";
import { readToken } from "../../../../lib/explain/read-token";
import { repositoryRoot } from "../../../../lib/programs/cache";
import { readAccess } from "../../../../lib/project/read-access";
import { TestSandbox } from "../test-sandbox";
import { onMain } from "./a-pipeline";
import { createRoles } from "./declared-roles";
import { keysIn, statuses } from "./results";
import { TEAM } from "./team-workflow";

const world = new TestSandbox();
let administrator: S3Client;
let access: Access;
let website: Project;
let folder: string;
let site: Site;
let config: string;

beforeAll(async () => {
  await world.start();
  administrator = s3Client(world.sandbox);
  access = readAccess(path.join(repositoryRoot, "examples", "talk", "access.yaml"));
  const [first] = grantingProjects(access);
  if (first === undefined) throw new Error("the talk has a project");
  website = first;
  config = writeConfig(website);
  await createRoles(website, world.iam, administrator);
  folder = await mkdtemp(path.join(tmpdir(), "runner-"));
  site = await createSite(path.join(folder, "site"), "public", jobEnvironment(world.sandbox.environment));
});
afterAll(async () => {
  administrator?.destroy();
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Who {
  readonly person: string;
  readonly branch?: string;
  readonly origin?: string;
  readonly text?: string;
}

let pushes = 0;
async function push(
  { person, branch = "main", origin = website.repository }: Who,
  text = config,
  more: Pick<Push, "parameters"> & Pick<RunnerSettings, "approve"> = {},
): Promise<readonly PipelineJob[]> {
  pushes += 1;
  const user =
    access.people.find(({ name }) => name === person)?.id ?? "99999999-9999-4999-8999-999999999999";
  const commit = await site.commit(branch, person, `${person} was here`);
  const token = {
    organization: website.organization.id,
    project: website.id,
    user,
    source: { origin, ref: `refs/heads/${branch}` },
  };
  return runPipeline(
    { username: person, token, repository: site.repository, commit, branch, ...more },
    {
      config: text,
      folder: path.join(folder, String(pushes)),
      env: jobEnvironment(world.sandbox.environment),
      mint: world.sandbox.circleCi.mint,
      ...more,
    },
  );
}

const DENIED = /\(AccessDenied\) when calling the AssumeRoleWithWebIdentity operation: Not authorized/;

test("Alice pushes to main: both jobs succeed, with session names for user and job, and the site is deployed", async () => {
  const jobs = await push({ person: "alice" });
  expect(jobs).toEqual([
    {
      workflow: "website",
      name: "preview",
      status: "success",
      result: {
        status: "success",
        roleArn: "arn:aws:iam::123456789012:role/website-preview",
        sessionArn: "arn:aws:sts::123456789012:assumed-role/website-preview/alice.1.preview",
      },
      token: expect.any(String),
    },
    {
      workflow: "website",
      name: "deploy",
      status: "success",
      result: {
        status: "success",
        roleArn: "arn:aws:iam::123456789012:role/website-deploy",
        sessionArn: "arn:aws:sts::123456789012:assumed-role/website-deploy/alice.2.deploy",
      },
      token: expect.any(String),
    },
  ]);
  const { sub } = readToken(jobs[1]?.token ?? "");
  expect(sub).toMatch(
    /\/user\/0b6ad1c5-.*\/vcs-origin\/github\.com\/acme\/website\/vcs-ref\/refs\/heads\/main$/,
  );
  expect(await keysIn(administrator, "acme-website")).toEqual(["index.html"]);
});

test("Bob pushes to main: preview succeeds, deploy fails with AccessDenied", async () => {
  const jobs = await push({ person: "bob" });
  expect(statuses(jobs)).toEqual(["preview success", "deploy failed"]);
  expect(jobs[1]?.result).toMatchObject({
    failedStep: "aws-cli/setup",
    message: expect.stringMatching(DENIED),
  });
  expect(jobs[1]?.result).not.toHaveProperty("sessionArn");
});

test("on a branch the filter skips deploy; without the filter AWS denies it", async () => {
  const branch = "feature";
  expect(statuses(await push({ person: "bob", branch }))).toEqual(["preview success", "deploy filtered"]);
  const unfiltered = config.replace(/\n +filters: .*/, "");
  expect(unfiltered).not.toBe(config);
  for (const person of ["alice", "bob"]) {
    const jobs = await push({ person, branch }, unfiltered);
    expect(statuses(jobs)).toEqual(["preview success", "deploy failed"]);
    expect(jobs[1]?.result?.message).toMatch(DENIED);
  }
});

test("a job of a fork is denied, and dependent jobs do not run", async () => {
  const jobs = await push({ person: "mallory", origin: "github.com/mallory/website" });
  expect(statuses(jobs)).toEqual(["preview failed", "deploy not-run"]);
  expect(jobs[0]?.result?.message).toMatch(DENIED);
});

test("a job's only credentials are those for its token", async () => {
  const spy = config.replace(
    "aws sts get-caller-identity",
    "env | grep -c '^AWS_SECRET_ACCESS_KEY=' && exit 1 || true",
  );
  const early = spy.replace(
    "- checkout",
    "- run: { name: look, command: 'test -z \"$AWS_ACCESS_KEY_ID$AWS_SECRET_ACCESS_KEY\"' }\n      - checkout",
  );
  expect(statuses(await push({ person: "alice" }, early))).toEqual(["preview failed", "deploy not-run"]);
  const [preview] = await push(
    { person: "alice" },
    config.replace(
      "- checkout",
      "- run: { name: look, command: 'test -z \"$AWS_ACCESS_KEY_ID$AWS_SECRET_ACCESS_KEY\"' }\n      - checkout",
    ),
  );
  expect(preview?.status).toBe("success");
});

describe("filters", () => {
  const on = (branch: string, tag = "") => ({ branch, tag });
  test.each<[filter: unknown, values: ReturnType<typeof on>, runs: boolean]>([
    [undefined, on("any"), true],
    [undefined, on("", "v1"), false],
    ['pipeline.git.branch == "main"', on("main"), true],
    ['pipeline.git.branch == "main"', on("main2"), false],
    ['pipeline.git.branch starts-with "release/"', on("release/1"), true],
    ['pipeline.git.branch starts-with "release/"', on("releases"), false],
    ['pipeline.git.branch == "a" or pipeline.git.tag starts-with "v"', on("", "v1"), true],
    ['pipeline.git.branch == "a" or pipeline.git.tag starts-with "v"', on("v1"), false],
    ['pipeline.git.branch != "" or pipeline.git.tag != ""', on("", "v1"), true],
    ['pipeline.git.tag starts-with ""', on("main"), false],
    ['pipeline.git.branch != "" and not (pipeline.git.branch starts-with "wip")', on("wip-1"), false],
    ['pipeline.git.branch != "" and not (pipeline.git.branch starts-with "wip")', on("main"), true],
    [{ branches: { ignore: ["main", "/wip-.*/"] } }, on("wip-1"), false],
    [{ branches: { ignore: ["main", "/wip-.*/"] } }, on("next"), true],
    [{ tags: { only: "/^v[0-9.]+$/" } }, on("", "v1.2"), true],
  ])("%s with %j: %s", (filter, values, runs) => {
    expect(runsOn(filter, values)).toBe(runs);
  });
  test.each([
    "true",
    "",
    'pipeline.git.branch == "a" or pipeline.git.revision == "b"',
    'pipeline.git.branch =~ "a"',
  ])("%s is an error", (filter) => {
    expect(() => runsOn(filter, on("a"))).toThrow(expect.objectContaining({ code: "filter-not-understood" }));
  });
});

test.each([
  ["another orb version", "circleci/aws-cli@5.4.1", "circleci/aws-cli@5.4.0"],
  ["an unsupported step", "- checkout", "- add_ssh_keys: {}"],
  ["a missing job", "- preview\n", "- previews\n"],
])("a config with %s is rejected", (_, from, to) => {
  expect(config).toContain(from);
  expect(() => readRunnable(config.replace(from, to), onMain)).toThrow(
    expect.objectContaining({ code: "config-not-run" }),
  );
});

test("a step that is not supported is named", () => {
  expect(() => readRunnable(config.replace("- checkout", "- add_ssh_keys: {}"), onMain)).toThrow(
    expect.objectContaining({
      message: expect.stringContaining('the step "add_ssh_keys" of the job "preview"'),
    }),
  );
});

describe("a team's own workflow, which the roles' jobs join", () => {
  const joined = (): string =>
    mergeConfig(
      {
        ...website,
        pipeline: { ...website.pipeline, workflow: "build" },
        roles: website.roles.map((role) => ({
          ...role,
          pipeline: { ...role.pipeline, after: role.key === "deploy" ? ["preview", "hold"] : ["read"] },
        })),
      },
      TEAM,
      "config.yml",
    );

  test("runs with its tests, files, statuses and approvals, and then the roles' jobs", async () => {
    const jobs = await push({ person: "alice" }, joined());
    expect(statuses(jobs)).toEqual([
      "test success",
      "read success",
      "hold approved",
      "broken failed",
      "tell success",
      // Its second node fails.
      "split-yes success",
      "split-no failed",
      "counted success",
      "preview success",
      "deploy success",
    ]);
    const results = new Map(jobs.map(({ name, result }) => [name, result]));
    expect(results.get("read")).toEqual({ status: "success", halted: true });
    expect(results.get("broken")).toEqual({ status: "failed", failedStep: "Break", message: "it broke" });
    expect(results.get("deploy")?.sessionArn).toMatch(/assumed-role\/website-deploy\//);
  });

  test("without the approval nothing that waits for it runs", async () => {
    const jobs = await push({ person: "alice" }, joined(), { approve: () => false });
    expect(statuses(jobs)).toEqual(expect.arrayContaining(["hold on-hold", "deploy not-run"]));
  });

  test("a workflow with a condition runs if the pipeline's parameter says so", async () => {
    const jobs = await push({ person: "bob", branch: "other" }, joined(), {
      parameters: { "with-docs": true },
    });
    expect(jobs.filter(({ workflow }) => workflow === "docs")).toMatchObject([
      { name: "tell", status: "success" },
    ]);
  });

  test.each([
    ["an orb's job", "- test\n", "- node/test\n", /"node\/test", which the config does not define/],
    [
      "a parameter of a matrix",
      "- test\n",
      "- test: { matrix: { parameters: { a: [1] } } }\n",
      /"test" has no parameter "a"/,
    ],
    ["a status that is not run", "broken: failed", "broken: canceled", /"canceled"/],
    ["a reference to nothing", "echo told", "echo << pipeline.id >>", /"tell" refers to << pipeline.id >>/],
    ["a cache key by another template", "keys: [v1]", 'keys: ["v1-{{ os }}"]', /cache key "v1-\{\{ os \}\}"/],
    ["a cache of the whole machine", "[~/.npm]", "[/usr]", /save_cache.*relative path/s],
    ["a here-document", "echo told", "cat <<END", /"tell" has <</],
    ["files outside of the checkout", "at: from", "at: /etc", /attach_workspace.*relative path/s],
    ["a circle", "- test\n", "- test: { requires: [read] }\n", /workflow "build" requires/],
    [
      "a condition that is not known",
      "when: << pipeline.parameters.with-docs >>",
      "when: { xor: [] }",
      /condition .*xor.* of the workflow "docs"/,
    ],
    [
      "an executor without an image",
      "docker: [{ image: cimg/node:22.11 }]\n    steps: [run",
      "executor: mac\n    steps: [run",
      /executor "mac"/,
    ],
  ])("%s is refused", (_, from, to, message) => {
    expect(TEAM).toContain(from);
    expect(() => readRunnable(TEAM.replace(from, to), onMain)).toThrow(
      expect.objectContaining({ code: "config-not-run", message: expect.stringMatching(message) }),
    );
  });
});
