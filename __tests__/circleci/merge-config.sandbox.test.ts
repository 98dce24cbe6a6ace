import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import { mergeConfig } from "../../lib/circleci/merge-config";
import { writeConfig } from "../../lib/circleci/write-config";
import type { Project } from "../../lib/config/model/model";
import { repositoryRoot } from "../../lib/programs/cache";
import { ownProgram } from "../../lib/programs/own-program";
import { aGrant, anyRef, aProject, aRole, everyone, refs } from "../fixtures/access";
import { expectKept } from "./one-project";

const preview = aRole({
  key: "preview",
  name: "website-preview",
  grant: aGrant({ people: everyone, refs: anyRef }),
});
const deploy = aRole({ grant: aGrant({ refs: refs({ branches: ["main"] }) }) });
const project = aProject({ roles: [deploy, preview] });
const merge = (text: string, one: Project = project) => mergeConfig(one, text, "config.yml");
const codeOf = (text: string) => {
  try {
    return merge(text);
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
};

const THEIRS = `# A team's own file: every line counts.
version: 2.1

orbs:
  node: circleci/node@7.1.0 # for tests

jobs:
  # Tests, before anything else.
  test:
    docker: [{ image: "cimg/node:22.11" }]   # three blanks
    steps: [checkout, { run: npm test }]

workflows:
  nightly:
    jobs: [test]
  website:
    jobs:
      - test # first
`;

test("the team's own lines stay unchanged, and our jobs are added", () => {
  const merged = merge(THEIRS);
  expectKept(THEIRS, merged);
  const { jobs, orbs, workflows } = parse(merged);
  expect(Object.keys(jobs)).toEqual(["test", "preview", "deploy"]);
  expect(orbs).toEqual({ node: "circleci/node@7.1.0", "aws-cli": "circleci/aws-cli@5.4.1" });
  expect(workflows.website.jobs).toEqual([
    "test",
    "preview",
    { deploy: { requires: ["preview"], filters: 'pipeline.git.branch == "main"' } },
  ]);
});

test("a file without jobs, with an empty map of jobs, and no file", () => {
  for (const text of [
    "version: 2.1\n",
    "version: 2.1\njobs:\nworkflows:\n",
    "version: 2.1 # last line, no line break",
  ]) {
    expect(parse(merge(text)).jobs).toEqual(parse(writeConfig(project)).jobs);
  }
  expect(merge("")).toBe(writeConfig(project));
});

test("a second run changes nothing, nor does a first run on a generated file", () => {
  for (const text of [merge(THEIRS), writeConfig(project)]) expect(merge(text)).toBe(text);
});

test("a changed role changes only its job; a removed role removes its job", () => {
  const before = merge(THEIRS);
  const renamed = { ...deploy, name: "website-publish" };
  const after = merge(before, aProject({ roles: [renamed, preview] }));
  expect(after).toBe(before.replace("role/website-deploy", "role/website-publish"));
  const fewer = merge(before, aProject({ roles: [preview] }));
  expectKept(THEIRS, fewer);
  expect(fewer).not.toContain("deploy");
  expect(parse(fewer).workflows.website.jobs).toEqual(["test", "preview"]);
});

test("manual changes of our jobs are reverted; comments around them stay", () => {
  const whole = merge(THEIRS);
  const bent = whole
    .replace("role/website-deploy", "role/website-admin")
    .replace("  deploy:\n", "  # careful\n  deploy:\n");
  expect(merge(bent)).toBe(whole.replace("  deploy:\n", "  # careful\n  deploy:\n"));
});

test.each([
  ["a job of that name that is not ours", THEIRS.replace("  test:", "  deploy:"), "pipeline-clash"],
  [
    "both names of the orb are taken",
    THEIRS.replace(
      "node: circleci/node@7.1.0 # for tests",
      "aws-cli: circleci/aws-cli@4.0.0\n  oidc-aws-cli: acme/other@1.0.0",
    ),
    "pipeline-clash",
  ],
  ["a setup configuration", THEIRS.replace("version: 2.1", "version: 2.1\nsetup: true"), "pipeline-is-setup"],
  [
    "another key than << twice",
    THEIRS.replace("    steps:", "    docker: []\n    steps:"),
    "pipeline-not-read",
  ],
  ["an older config version", THEIRS.replace("2.1", "2.0"), "pipeline-not-read"],
  ["jobs in flow style", "version: 2.1\njobs: { test: { docker: [] } }\n", "pipeline-not-read"],
  [
    "a workflow on one line",
    THEIRS.replace("jobs:\n      - test # first", "jobs: [test]"),
    "pipeline-not-read",
  ],
  ["invalid YAML", "version: 2.1\njobs: [", "pipeline-not-read"],
  ["a duplicate key", "version: 2.1\njobs:\njobs:\n", "pipeline-not-read"],
  ["a list", "- version: 2.1\n", "pipeline-not-read"],
])("%s: %#", (_, text, code) => {
  expect(codeOf(text)).toBe(code);
});

describe("the orb", () => {
  const withOrbs = (...orbs: readonly string[]): string =>
    THEIRS.replace("  node: circleci/node@7.1.0 # for tests", orbs.map((orb) => `  ${orb}`).join("\n"));
  const setupSteps = (text: string): readonly string[] =>
    ["preview", "deploy"].flatMap((name) =>
      parse(text).jobs[name].steps.flatMap((step: string | object) =>
        Object.keys(typeof step === "object" ? step : {}).filter((key) => key.endsWith("/setup")),
      ),
    );

  test.each(["5.4.1", "5.4.2", "5.9.0", "5.4", "5"])("in version %s is used as it is", (version) => {
    const merged = merge(withOrbs(`aws-cli: circleci/aws-cli@${version}`));
    expect(parse(merged).orbs).toEqual({ "aws-cli": `circleci/aws-cli@${version}` });
    expect(setupSteps(merged)).toEqual(["aws-cli/setup", "aws-cli/setup"]);
    expect(merge(merged)).toBe(merged);
  });

  test.each([
    "circleci/aws-cli@5.4.0",
    "circleci/aws-cli@5.3",
    "circleci/aws-cli@2.0.3",
    "circleci/aws-cli@6.0.0",
    "circleci/aws-cli@volatile",
    "circleci/aws-cli@<<pipeline.parameters.v>>",
    "acme/aws-cli@5.4.1",
  ])("is added under another name if the file has %s, which stays", (other) => {
    const text = withOrbs(`aws-cli: ${other}`);
    const merged = merge(text);
    expectKept(text, merged);
    expect(parse(merged).orbs).toEqual({ "aws-cli": other, "oidc-aws-cli": "circleci/aws-cli@5.4.1" });
    expect(setupSteps(merged)).toEqual(["oidc-aws-cli/setup", "oidc-aws-cli/setup"]);
    expect(merge(merged)).toBe(merged);
  });
});

test("two merge keys in one map are read as CircleCI reads them", () => {
  const text = THEIRS.replace(
    "version: 2.1\n",
    "version: 2.1\nsmall: &small { resource_class: small }\nhome: &home { working_directory: ~/site }\n",
  ).replace("    docker:", "    <<: *small\n    <<: *home\n    docker:");
  const merged = merge(text);
  expectKept(text, merged);
  expect(merge(merged)).toBe(merged);
});

test("CRLF line ends and a byte order mark stay", () => {
  const merged = merge(THEIRS);
  const windows = THEIRS.replaceAll("\n", "\r\n");
  expect(merge(windows)).toBe(merged.replaceAll("\n", "\r\n"));
  expect(merge(`\uFEFF${windows}`)).toBe(`\uFEFF${merged.replaceAll("\n", "\r\n")}`);
  expect(merge(`\uFEFF${THEIRS}`)).toBe(`\uFEFF${merged}`);
});

test("a file of any layout is merged with every line kept, or is an error", () => {
  const indent = fc.constantFrom(2, 4, 3);
  const comment = fc.constantFrom("", " # a comment", "   ");
  const blank = fc.constantFrom("", "\n", "\n# between\n\n");
  fc.assert(
    fc.property(
      indent,
      comment,
      blank,
      blank,
      fc.constantFrom("\n", ""),
      fc.boolean(),
      (by, note, first, second, end, workflowFirst) => {
        const [one, two] = [" ".repeat(by), " ".repeat(2 * by)];
        const jobs = `jobs:${note}\n${one}build:${note}\n${two}machine: true${note}\n${two}steps:\n${two}- checkout${note}\n${two}- run: |\n${two}    echo "${first.trim()}"\n`;
        const workflows = `workflows:${note}\n${one}main:\n${two}jobs:\n${two}- build${note}\n`;
        const text =
          `version: 2.1${note}\n${first}${workflowFirst ? workflows + second + jobs : jobs + second + workflows}`.trimEnd() +
          end;
        const merged = merge(text);
        expectKept(text, merged);
        const { jobs: ours, ...rest } = parse(merged);
        expect(ours).toEqual({ ...parse(text).jobs, ...parse(writeConfig(project)).jobs });
        expect(rest.workflows.main).toEqual(parse(text).workflows.main);
        expect(merge(merged)).toBe(merged);
      },
    ),
  );
});

describe("npm run oidc -- pipeline", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "pipeline-"));
  const file = path.join(folder, ".circleci", "config.yml");
  const run = (...args: readonly string[]) => {
    const env = {
      ...process.env,
      OIDC_ACCESS_FILE: path.join(repositoryRoot, "examples", "talk", "access.yaml"),
    };
    const [program, ...first] = ownProgram("cli/oidc.ts");
    const { status, stdout, stderr } = spawnSync(program, [...first, "pipeline", ...args], {
      cwd: repositoryRoot,
      env,
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  };

  test("check fails until it is written, and again after the file has changed", () => {
    expect(run("--check", "--file", file)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("error[pipeline-out-of-date]"),
    });
    expect(run("--write", "--file", file)).toMatchObject({ status: 0 });
    expect(readFileSync(file, "utf8")).toBe(run().stdout);
    expect(run("--check", "--file", file)).toMatchObject({ status: 0 });
    writeFileSync(file, readFileSync(file, "utf8").replace("website-deploy", "website-admin"));
    expect(run("--check", "--file", file).status).toBe(1);
    writeFileSync(file, `\uFEFF${THEIRS}`);
    expect(run("--write", "--file", file)).toMatchObject({ status: 0 });
    expect(readFileSync(file, "utf8")).toMatch(/^\uFEFF# A team's own file/);
    expect(run("--check", "--file", file)).toMatchObject({ status: 0 });
  });

  test.each([
    ["an unknown project", ["--project", "websit"], "unknown-project"],
    ["--write and --check together", ["--write", "--check"], "wrong-call"],
    ["a folder instead of a file", ["--check", "--file", repositoryRoot], "input-unreadable"],
  ])("%s: exit 2", (_, args, code) => {
    mkdirSync(folder, { recursive: true });
    const { status, stderr } = run(...args);
    expect([status, stderr]).toEqual([2, expect.stringContaining(`error[${code}]`)]);
  });
});
