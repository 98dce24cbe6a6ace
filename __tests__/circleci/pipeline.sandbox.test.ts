import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { rolesBefore } from "../../lib/circleci/job-order";
import { projectJobs } from "../../lib/circleci/jobs";
import { covers, refFilter } from "../../lib/circleci/ref-filter";
import { writeConfig } from "../../lib/circleci/write-config";
import { grantingProjects } from "../../lib/config/model/grants";
import type { Project, Role } from "../../lib/config/model/model";
import { defaultImage } from "../../lib/config/schema/pipeline-schema";
import { repositoryRoot } from "../../lib/programs/cache";
import { readAccess } from "../../lib/project/read-access";
import { aGrant, alice, anyRef, aProject, aRole, bob, everyone, only, refs } from "../fixtures/access";
import { validConfig } from "./valid-config";

const any = aRole({
  key: "preview",
  name: "website-preview",
  grant: aGrant({ people: everyone, refs: anyRef }),
});
const main = aRole({ key: "deploy", grant: aGrant({ refs: refs({ branches: ["main"] }) }) });
const release = aRole({
  key: "release",
  name: "website-release",
  grant: aGrant({ refs: refs({ branches: ["release/*"], tags: ["v*"] }) }),
});
const project = (...roles: readonly Role[]): Project => aProject({ roles });

function startsOf(one: Project): unknown {
  return Object.fromEntries(projectJobs(one).map(({ name, start }) => [name, start]));
}

test("the talk's pipeline, complete", () => {
  const [website] = grantingProjects(
    readAccess(path.join(repositoryRoot, "examples", "talk", "access.yaml")),
  );
  if (website === undefined) throw new Error("the talk has a project");
  const config = validConfig(writeConfig(website));
  const steps = (role: string, bucket: string) => [
    "checkout",
    { run: { name: "Name the session", command: expect.any(String) } },
    {
      "aws-cli/setup": {
        role_arn: `arn:aws:iam::123456789012:role/website-${role}`,
        role_session_name: expect.stringMatching(/^\$\{OIDC_SESSION_NAME\}$/),
        region: "us-east-1",
      },
    },
    { run: { name: "Say who this is", command: "aws sts get-caller-identity" } },
    { run: { name: "Upload public", command: `aws s3 sync public s3://${bucket}` } },
  ];
  const docker = [{ image: defaultImage }];
  const description = expect.stringMatching(/^cdktf-circleci-oidc, project website:/);
  expect(config).toEqual({
    version: 2.1,
    orbs: { "aws-cli": "circleci/aws-cli@5.4.1" },
    jobs: {
      preview: { description, docker, steps: steps("preview", "acme-website-preview") },
      deploy: { description, docker, steps: steps("deploy", "acme-website") },
    },
    workflows: {
      website: {
        jobs: ["preview", { deploy: { requires: ["preview"], filters: 'pipeline.git.branch == "main"' } }],
      },
    },
  });
});

test("every setting of access.yaml is in the config", () => {
  const pipeline = {
    image: "cimg/node:22.11",
    resourceClass: "large",
    build: ["npm ci", "npm run build"],
    publish: "dist",
    contexts: ["org"],
  };
  const role = aRole({
    path: "/ci/",
    account: { ...main.account, partition: "aws-cn" },
    pipeline: { run: ["./notify"], contexts: ["prod", "org"] },
  });
  const config = validConfig(writeConfig(aProject({ pipeline, roles: [role] })));
  expect(config).toMatchObject({
    jobs: {
      deploy: {
        docker: [{ image: "cimg/node:22.11" }],
        resource_class: "large",
        // Nothing is built with credentials at hand, and a role without a bucket uploads nothing.
        steps: [
          "checkout",
          { run: { command: "npm ci" } },
          { run: { command: "npm run build" } },
          {},
          { "aws-cli/setup": { role_arn: "arn:aws-cn:iam::123456789012:role/ci/website-deploy" } },
          { run: { command: "aws sts get-caller-identity" } },
          { run: { command: "./notify" } },
        ],
      },
    },
    workflows: { website: { jobs: [{ deploy: { context: ["org", "prod"] } }] } },
  });
});

describe("where a job runs", () => {
  test.each([
    ["any ref", anyRef, false, undefined],
    [
      "any ref, together with a role for tags",
      anyRef,
      true,
      'pipeline.git.branch != "" or pipeline.git.tag != ""',
    ],
    ["one branch", refs({ branches: ["main"] }), false, 'pipeline.git.branch == "main"'],
    ["a pattern", refs({ branches: ["release/*"] }), false, 'pipeline.git.branch starts-with "release/"'],
    [
      "branches and tags",
      refs({ branches: ["main", "release/*"], tags: ["v*", "latest"] }),
      true,
      'pipeline.git.branch == "main" or pipeline.git.branch starts-with "release/" or pipeline.git.tag starts-with "v" or pipeline.git.tag == "latest"',
    ],
  ])("%s", (_, of, withTags, filter) => {
    expect(refFilter(of, withTags)).toBe(filter);
  });

  test.each(['a"b', "a<<b"])("a branch %s cannot be written in a filter, and is an error", (branch) => {
    expect(() => refFilter(refs({ branches: [branch] }), false)).toThrow(
      expect.objectContaining({ code: "ref-not-expressible", found: branch, exitCode: 2 }),
    );
  });

  test.each([
    ["any covers a branch", anyRef, refs({ branches: ["main"] }), true],
    ["a branch does not cover any", refs({ branches: ["main"] }), anyRef, false],
    [
      "a pattern covers its branches",
      refs({ branches: ["release/*"] }),
      refs({ branches: ["release/1", "release/2/*"] }),
      true,
    ],
    [
      "a branch does not cover its pattern",
      refs({ branches: ["release/1"] }),
      refs({ branches: ["release/1*"] }),
      false,
    ],
    ["branches do not cover tags", refs({ branches: ["v*"] }), refs({ tags: ["v1"] }), false],
  ])("%s", (_, wider, narrower, expected) => {
    expect(covers(wider, narrower)).toBe(expected);
  });
});

describe("which job runs first", () => {
  test("the one for more refs", () => {
    expect(startsOf(project(main, any))).toEqual({
      preview: {},
      deploy: { requires: ["preview"], filters: expect.any(String) },
    });
  });
  test("in a chain, each job requires only the nearest one", () => {
    const all = aRole({ key: "wide", grant: aGrant({ refs: refs({ branches: ["main", "next"] }) }) });
    expect(rolesBefore(main, project(main, all, any))).toEqual(["wide"]);
  });
  test("neither, if both run from the same refs", () => {
    expect(rolesBefore(main, project(main, { ...main, key: "other" }))).toEqual([]);
  });
  test("the one that the file names, in any order of its roles", () => {
    const staging = { ...main, key: "staging" };
    const deploy = { ...main, pipeline: { ...main.pipeline, after: ["staging"] } };
    expect(projectJobs(project(deploy, staging)).map(({ name }) => name)).toEqual(["staging", "deploy"]);
  });
  test("a job that CircleCI would skip with its required job is an error", () => {
    const waits = { ...release, pipeline: { ...release.pipeline, after: ["deploy"] } };
    expect(() => rolesBefore(waits, project(main, waits))).toThrow(
      expect.objectContaining({ code: "pipeline-never-runs", found: "deploy", exitCode: 2 }),
    );
  });
  describe("by the people who may run it", () => {
    const staging = aRole({
      key: "staging",
      grant: aGrant({ people: only(bob), refs: refs({ branches: ["main", "develop"] }) }),
    });
    const waits = { ...main, pipeline: { ...main.pipeline, after: ["staging"] } };
    test("not for a job that AWS denies to one of its people: CircleCI would skip it", () => {
      expect(rolesBefore(main, project(main, staging))).toEqual([]);
    });
    test("for one that all of them may run", () => {
      const both = { ...staging, grant: { ...staging.grant, people: only(alice, bob) } };
      expect(rolesBefore(main, project(main, both))).toEqual(["staging"]);
    });
    test("a required job that AWS denies to one person is an error with the person's name", () => {
      expect(() => rolesBefore(waits, project(waits, staging))).toThrow(
        expect.objectContaining({
          code: "pipeline-never-runs",
          found: "staging",
          message: expect.stringContaining("but alice may not assume staging"),
        }),
      );
    });
    test("a required job with a list of people, where everyone may run this one, is an error", () => {
      const open = { ...waits, grant: { ...waits.grant, people: everyone } };
      expect(() => rolesBefore(open, project(open, staging))).toThrow(
        expect.objectContaining({ message: expect.stringContaining("not everyone may assume staging") }),
      );
    });
  });
  test("for none, if `after` is empty", () => {
    const deploy = { ...main, pipeline: { ...main.pipeline, after: [] } };
    expect(rolesBefore(deploy, project(deploy, any))).toEqual([]);
  });
  test("a tag's job waits for one that runs for tags as well", () => {
    expect(startsOf(project(any, release))).toMatchObject({
      preview: { filters: 'pipeline.git.branch != "" or pipeline.git.tag != ""' },
      release: { requires: ["preview"] },
    });
  });
});

test("a role's session duration is passed, unless it is the orb's default", () => {
  const setupOf = (role: Role): unknown =>
    projectJobs(project(role))[0]?.job?.steps.find(
      (step) => typeof step === "object" && "aws-cli/setup" in step,
    );
  const parameters = {
    role_arn: "arn:aws:iam::123456789012:role/website-deploy",
    role_session_name: expect.any(String),
    region: "us-east-1",
  };
  expect(setupOf({ ...main, sessionSeconds: 7200 })).toEqual({
    "aws-cli/setup": { ...parameters, session_duration: "7200" },
  });
  expect(setupOf({ ...main, sessionSeconds: 3600 })).toEqual({ "aws-cli/setup": parameters });
});

test("a here-document in a command of the file is escaped for CircleCI", () => {
  const one = {
    ...project(main),
    pipeline: { ...project(main).pipeline, build: ["jq . <<< '{}' > public/x.json"] },
  };
  expect(projectJobs(one)[0]?.job?.steps).toContainEqual({
    run: { name: "jq . \\<<< '{}' > public/x.json", command: "jq . \\<<< '{}' > public/x.json" },
  });
});

describe("the session's name, as bash makes it", () => {
  const [, step] = projectJobs(project(main))[0]?.job?.steps ?? [];
  const command = typeof step === "object" && "run" in step ? step.run.command : "";
  test.each([
    ["alice", "17", "deploy", "alice.17.deploy"],
    ["", "17", "deploy", "unknown.17.deploy"],
    ["Zoë Müller", "1", "deploy", /^Zo-+M-+ller\.1\.deploy$/],
    ["x'; rm -rf /; '", "1", "deploy", /^x---rm--rf-----\.1\.deploy$/],
    ["a".repeat(80), "123456", "b".repeat(64), /^a{24}\.123456\.b+$/],
  ])("%s in build %s of %s", (CIRCLE_USERNAME, CIRCLE_BUILD_NUM, CIRCLE_JOB, expected) => {
    const BASH_ENV = path.join(mkdtempSync(path.join(tmpdir(), "session-")), "env");
    writeFileSync(BASH_ENV, "");
    const env = {
      PATH: process.env.PATH,
      BASH_ENV,
      CIRCLE_BUILD_NUM,
      CIRCLE_JOB,
      ...(CIRCLE_USERNAME === "" ? {} : { CIRCLE_USERNAME }),
    };
    const { status } = spawnSync("bash", ["-eo", "pipefail", "-c", command], { env });
    expect(status).toBe(0);
    // With a socket as input bash takes itself for a remote shell, and reads another file.
    const stdio = ["ignore", "pipe", "inherit"] as const;
    const { stdout } = spawnSync("bash", ["-c", 'printf %s "$OIDC_SESSION_NAME"'], {
      env,
      encoding: "utf8",
      stdio: [...stdio],
    });
    expect(stdout).toMatch(/^[\w+=,.@-]{2,64}$/);
    if (typeof expected === "string") expect(stdout).toBe(expected);
    else expect(stdout).toMatch(expected);
  });
});
