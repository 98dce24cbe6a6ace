import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { mergeConfig } from "../../lib/circleci/merge-config";
import { pipeline } from "../../lib/circleci/pipeline";
import { readConfig } from "../../lib/circleci/read-config";
import { requireStartedByPushes } from "../../lib/circleci/workflow-start";
import { accessOfWebsite, projectOf } from "./one-project";

/** A joined workflow has to be one that pushes start. */
const FILE = ".circleci/config.yml";
const PREVIEW = "preview: { people: everyone, branches: any, bucket: acme-preview }";
const DEPLOY = "deploy: { people: [alice], branches: [main], bucket: acme-website }";
const RELEASE = "release: { people: [alice], tags: [v*], bucket: acme-website }";

const projectWith = (...roles: readonly string[]) =>
  projectOf(accessOfWebsite(`{ ${roles.join(", ")} }`, "{ workflow: build }"), "website");

const configWith = (workflow: string): string => `version: 2.1
parameters:
  nightly: { type: boolean, default: false }
  checks: { type: boolean, default: true }
jobs:
  test: { docker: [{ image: cimg/node:22.11 }], steps: [checkout] }
workflows:
  build:
    ${workflow}
    jobs:
      - test
`;

/** The refusal, the warning, or `starts`. */
function result(workflow: string, ...roles: readonly string[]): string {
  const project = projectWith(...(roles.length === 0 ? [DEPLOY] : roles));
  const text = configWith(workflow);
  try {
    mergeConfig(project, text, FILE);
  } catch (error) {
    if (error instanceof Error && "code" in error) return `${String(error.code)}: ${error.message}`;
    throw error;
  }
  const [warning] = requireStartedByPushes(readConfig(text, FILE), project, FILE);
  return warning ?? "starts";
}

test("a workflow with a schedule is refused: no push starts it", () => {
  const cron = 'triggers: [{ schedule: { cron: "0 0 * * *", filters: { branches: { only: main } } } }]';
  expect(result(cron)).toBe(
    "pipeline-never-runs: the jobs of website/deploy are in workflow build of .circleci/config.yml, and that runs by its schedule only (`triggers`), never for a push",
  );
  expect(result("")).toBe("starts");
});

const NEVER = /^pipeline-never-runs: .*its `(when|unless)` never starts it for a push to main$/;
const UNDECIDED = /could not be decided whether its `(when|unless)` starts it for a push to main/;
const STARTS = /^starts$/;

test.each([
  ["when: true", STARTS],
  ["when: false", NEVER],
  ["unless: true", NEVER],
  ["unless: false", STARTS],
  ["when: { equal: [scheduled_pipeline, << pipeline.trigger_source >>] }", NEVER],
  ["when: { equal: [api, << pipeline.trigger_source >>] }", NEVER],
  ["when: { not: { equal: [scheduled_pipeline, << pipeline.trigger_source >>] } }", STARTS],
  ["when: { equal: [webhook, << pipeline.trigger_source >>] }", STARTS],
  ["when: { equal: [nightly, << pipeline.schedule.name >>] }", NEVER],
  ["when: << pipeline.schedule.name >>", NEVER],
  ["when: << pipeline.git.branch >>", STARTS],
  ["when: << pipeline.git.tag >>", NEVER],
  ["when: { equal: [main, << pipeline.git.branch >>] }", STARTS],
  ["when: { equal: [next, << pipeline.git.branch >>] }", NEVER],
  ["unless: { equal: [main, << pipeline.git.branch >>] }", NEVER],
  [
    "when: { or: [{ equal: [next, << pipeline.git.branch >>] }, { equal: [main, << pipeline.git.branch >>] }] }",
    STARTS,
  ],
  ["when: { and: [{ equal: [main, << pipeline.git.branch >>] }, false] }", NEVER],
  ['when: { matches: { pattern: "^ma.+$", value: << pipeline.git.branch >> } }', STARTS],
  ['when: { matches: { pattern: "^release.*$", value: << pipeline.git.branch >> } }', NEVER],
  ['when: { matches: { pattern: "ma", value: << pipeline.git.branch >> } }', UNDECIDED],
  ["when: 'pipeline.git.branch == \"main\"'", STARTS],
  ["when: 'pipeline.git.branch == \"next\"'", NEVER],
  ["when: 'pipeline.event.name == \"push\"'", UNDECIDED],
  // A default is what a push has, unless the file continues another.
  ["when: << pipeline.parameters.checks >>", STARTS],
  ["unless: << pipeline.parameters.nightly >>", STARTS],
  ["when: << pipeline.parameters.nightly >>", UNDECIDED],
  ["when: { and: [<< pipeline.parameters.nightly >>, false] }", NEVER],
  ["when: << pipeline.project.type >>", UNDECIDED],
  ["when: { xor: [true] }", UNDECIDED],
])("deploy on main, with %s", (workflow, expected) => {
  expect(result(workflow)).toMatch(expected);
});

test("every role and every one of its refs counts", () => {
  const onMain = "when: { equal: [main, << pipeline.git.branch >>] }";
  expect(result(onMain, PREVIEW, DEPLOY)).toMatch(
    /website\/preview .*could not be decided .*push to any branch/,
  );
  expect(result("when: << pipeline.git.tag >>", PREVIEW)).toMatch(
    /never starts it for a push to any branch$/,
  );
  expect(result(onMain, RELEASE)).toMatch(/website\/release .*never starts it for a push to tag v\*$/);
  expect(result("when: << pipeline.git.tag >>", RELEASE)).toBe("starts");
});

test("a warning names what the condition depends on", () => {
  expect(result("when: << pipeline.parameters.nightly >>")).toMatch(
    /for a push to main, which depends on pipeline\.parameters\.nightly$/,
  );
  const folder = mkdtempSync(path.join(tmpdir(), "workflow-start-"));
  const file = path.join(folder, "config.yml");
  writeFileSync(file, configWith("when: << pipeline.parameters.nightly >>"));
  const warnings: string[] = [];
  const access = accessOfWebsite(`{ ${DEPLOY} }`, "{ workflow: build }");
  pipeline(access, { file }, (one) => warnings.push(one));
  rmSync(folder, { recursive: true });
  expect(warnings).toEqual([expect.stringContaining(`website/deploy are in workflow build of ${file}`)]);
});

test("the condition that the project asks for itself is no reason for a warning", () => {
  const project = projectOf(
    accessOfWebsite(`{ ${PREVIEW}, ${DEPLOY} }`, "{ parameter: run-website }"),
    "website",
  );
  const text = mergeConfig(project, configWith(""), FILE);
  expect(text).toContain("when: << pipeline.parameters.run-website >>");
  expect(requireStartedByPushes(readConfig(text, FILE), project, FILE)).toEqual([]);
});
