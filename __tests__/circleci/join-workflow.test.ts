import { parse } from "yaml";
import { mergeConfig } from "../../lib/circleci/merge-config";
import { writeConfig } from "../../lib/circleci/write-config";
import type { Project } from "../../lib/config/model/model";
import { accessOfWebsite, accessWith, projectOf } from "./one-project";
import { validConfig } from "./valid-config";

const FILE = ".circleci/config.yml";
const BUILD = `version: 2.1
jobs:
  # The team's own.
  test:
    docker: [{ image: cimg/node:22.11 }]
    steps: [checkout, run: npm test]
  lint:
    docker: [{ image: cimg/node:22.11 }]
    steps: [checkout, run: npm run lint]
workflows:
  build:
    jobs:
      - lint
      - test:
          requires: [lint]
`;

/** One project with the roles and the pipeline of the file. */
function projectWith(roles: string, pipeline = ""): Project {
  return projectOf(accessOfWebsite(roles, pipeline), "website");
}

function projectsWith(projects: string): (key: string) => Project {
  const access = accessWith(projects);
  return (key) => projectOf(access, key);
}

const DEPLOY = "{ people: [alice], branches: [main], bucket: acme-website";

interface Config {
  readonly parameters?: unknown;
  readonly jobs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly workflows: Readonly<Record<string, { readonly when?: string; readonly jobs: readonly unknown[] }>>;
}

/** Written twice: the second time changes nothing. */
function merged(project: Project, text: string): { readonly text: string; readonly config: Config } {
  const written = mergeConfig(project, text, FILE);
  expect(mergeConfig(project, written, FILE)).toBe(written);
  return { text: written, config: validConfig(written) };
}

function stepsOf(job: Readonly<Record<string, unknown>> | undefined): readonly unknown[] {
  return Array.isArray(job?.steps) ? job.steps : [];
}

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof Error && "code" in error) return `${String(error.code)}: ${error.message}`;
    throw error;
  }
  return "accepted";
}

describe("the team's own workflow", () => {
  test("is joined after its tests, and every other line stays", () => {
    const project = projectWith(`{ deploy: ${DEPLOY} } }`, "{ workflow: build, after: [test] }");
    const { text, config } = merged(project, BUILD);
    expect(config.workflows).toEqual({
      build: {
        jobs: [
          "lint",
          { test: { requires: ["lint"] } },
          { deploy: { requires: ["test"], filters: 'pipeline.git.branch == "main"' } },
        ],
      },
    });
    for (const line of BUILD.split("\n")) expect(text).toContain(line);
  });

  test("has an approval of the given name before the job, which is recognized as ours", () => {
    const project = projectWith(
      `{ deploy: ${DEPLOY}, pipeline: { after: [test], approval: ship-it, job: deploy-web } } }`,
      "{ workflow: build }",
    );
    const { text, config } = merged(project, BUILD);
    const filters = 'pipeline.git.branch == "main"';
    expect(config.workflows.build?.jobs.slice(2)).toEqual([
      { "ship-it": { type: "approval", requires: ["test"], filters } },
      { "deploy-web": { requires: ["ship-it"], filters } },
    ]);
    expect(text).toContain("- ship-it: # cdktf-circleci-oidc, project website\n");
    const without = projectWith(
      `{ deploy: ${DEPLOY}, pipeline: { after: [test], job: deploy-web } } }`,
      "{ workflow: build }",
    );
    expect(merged(without, text).config.workflows.build?.jobs.slice(2)).toEqual([
      { "deploy-web": { requires: ["test"], filters } },
    ]);
  });

  test("keeps an approval of the team's that only our job waits for", () => {
    const held = `${BUILD}      - hold:\n          type: approval\n          requires: [test]\n`;
    const waiting = (names: string): Project =>
      projectWith(`{ deploy: ${DEPLOY}, pipeline: { after: ${names} } } }`, "{ workflow: build }");
    const { text } = merged(waiting("[hold]"), held);
    const { config } = merged(waiting("[test]"), text);
    expect(config.workflows.build?.jobs).toContainEqual({ hold: { type: "approval", requires: ["test"] } });
  });

  test("can be left: the jobs move to a workflow named after the project, and back", () => {
    const joined = projectWith(`{ deploy: ${DEPLOY} } }`, "{ workflow: build, after: [test] }");
    const alone = projectWith(`{ deploy: ${DEPLOY} } }`);
    const { text } = merged(joined, BUILD);
    const { text: moved, config } = merged(alone, text);
    expect(Object.keys(config.workflows)).toEqual(["build", "website"]);
    expect(config.workflows.build?.jobs).toHaveLength(2);
    expect(merged(joined, moved).config).toEqual(parse(text));
  });
});

describe("a role in another workflow than the others", () => {
  const two = (pipeline: string, nightly = "") =>
    `{ preview: { people: everyone, branches: any, bucket: acme-preview }, deploy: ${DEPLOY}, pipeline: ${pipeline} } ${nightly}}`;
  const TWO = `${BUILD}  release:
    jobs:
      - lint
`;

  test("joins that one, and the first run after it moves", () => {
    const one = projectWith(two("{ after: [] }"), "{ workflow: build }");
    const project = projectWith(
      two("{ workflow: release, after: [lint], approval: true }"),
      "{ workflow: build }",
    );
    const { config, text } = merged(project, merged(one, TWO).text);
    const filters = 'pipeline.git.branch == "main"';
    expect(config.workflows.build?.jobs).toEqual(["lint", { test: { requires: ["lint"] } }, "preview"]);
    expect(config.workflows.release?.jobs).toEqual([
      "lint",
      { "approve-deploy": { type: "approval", requires: ["lint"], filters } },
      { deploy: { requires: ["approve-deploy"], filters } },
    ]);
    expect(merged(one, text).config.workflows.release?.jobs).toEqual(["lint"]);
  });

  test("waits by itself for no role of another workflow", () => {
    const project = projectWith(two("{ workflow: release }"), "{ workflow: build }");
    const { config } = merged(project, TWO);
    expect(config.workflows.release?.jobs[1]).toEqual({
      deploy: { filters: 'pipeline.git.branch == "main"' },
    });
    const { workflows } = validConfig<Config>(writeConfig(project));
    expect(Object.keys(workflows).sort()).toEqual(["build", "release"]);
  });

  test.each([
    [
      "a role of another workflow",
      two("{ workflow: release, after: [preview] }"),
      /^pipeline-never-runs: website\/deploy is in workflow release and waits for preview in workflow build/,
    ],
    [
      "a job of another workflow",
      two("{ workflow: release, after: [test] }"),
      /^pipeline-unknown-job: .*"test".*workflow release/,
    ],
    ["an unknown workflow", two("{ workflow: relaese }"), /^pipeline-unknown-workflow: .*"relaese"/],
  ])("%s is refused", (_, roles, expected) => {
    const project = projectWith(roles, "{ workflow: build }");
    expect(refusal(() => mergeConfig(project, TWO, FILE))).toMatch(expected);
  });

  test("a workflow that pushes do not start is refused for that role alone", () => {
    const nightly = TWO.replace(
      "  release:\n",
      '  release:\n    triggers: [{ schedule: { cron: "0 0 * * *", filters: { branches: { only: main } } } }]\n',
    );
    const project = projectWith(two("{ workflow: release }"), "{ workflow: build }");
    expect(refusal(() => mergeConfig(project, nightly, FILE))).toMatch(
      /^pipeline-never-runs: the jobs of website\/deploy are in workflow release .*schedule/,
    );
  });
});

describe("a job that cannot run is an error, and nothing is written", () => {
  const deploy = (pipeline: string, roles = `{ deploy: ${DEPLOY} } }`): (() => unknown) => {
    const project = projectWith(roles, pipeline);
    return () => mergeConfig(project, BUILD, FILE);
  };
  test.each([
    [
      "an unknown job",
      deploy("{ workflow: build, after: [tset] }"),
      /^pipeline-unknown-job: .*"tset".*workflow build/,
    ],
    [
      "an unknown workflow",
      deploy("{ workflow: biuld }"),
      /^pipeline-unknown-workflow: .*"biuld".*it has: build/,
    ],
    ["a job of another workflow", deploy("{ after: [test] }"), /^pipeline-unknown-job: .*workflow website/],
  ])("%s", (_, run, expected) => {
    expect(refusal(run)).toMatch(expected);
  });

  test("a job that waits, through one of the team's, for one that is filtered out", () => {
    const text = BUILD.replace(
      "      - lint\n",
      "      - lint:\n          filters: { branches: { ignore: main } }\n",
    );
    const project = projectWith(`{ deploy: ${DEPLOY} } }`, "{ workflow: build, after: [test] }");
    expect(refusal(() => mergeConfig(project, text, FILE))).toMatch(
      /^pipeline-never-runs: .*"lint", which does not run on main/,
    );
  });

  test("a tag's job, after a job without a filter for tags: CircleCI skips both", () => {
    const roles = "{ release: { people: [alice], tags: [v*], bucket: acme-website } }";
    const project = projectWith(roles, "{ workflow: build, after: [test] }");
    expect(refusal(() => mergeConfig(project, BUILD, FILE))).toMatch(
      /^pipeline-never-runs: .*does not run on tag v\*/,
    );
    const tagged = BUILD.replace(
      "      - lint\n",
      "      - lint: { filters: { tags: { only: /.*/ } } }\n",
    ).replace("requires: [lint]\n", "requires: [lint]\n          filters: { tags: { only: /^v.*/ } }\n");
    expect(merged(project, tagged).config.workflows.build?.jobs[2]).toEqual({
      release: { requires: ["test"], filters: 'pipeline.git.tag starts-with "v"' },
    });
  });

  test("a job of a configuration that does not exist", () => {
    const project = projectWith(`{ deploy: ${DEPLOY}, pipeline: { after: [test] } } }`);
    expect(refusal(() => writeConfig(project))).toMatch(/^pipeline-unknown-job: .*no role of the project/);
  });
});

test("steps, executor, environment and credentials are in the job, in CircleCI's syntax", () => {
  const project = projectWith(`{ deploy: ${DEPLOY}, pipeline: {
      executor: big, environment: { STAGE: prod },
      steps: { before: [setup_remote_docker, { restore_cache: { keys: [v1] } }], after: [{ when: { condition: "<< pipeline.parameters.x >>", steps: [checkout] } }] } } },
      preview: { people: everyone, branches: any, pipeline: { image: acme/ci:1, imageCredentials: { username: HUB, password: HUB_TOKEN } } } }`);
  const { jobs } = validConfig<Config>(writeConfig(project));
  expect(jobs.deploy).toMatchObject({ executor: "big", environment: { STAGE: "prod" } });
  expect(jobs.deploy).not.toHaveProperty("docker");
  const steps = stepsOf(jobs.deploy);
  expect(steps.slice(0, 3)).toEqual(["checkout", "setup_remote_docker", { restore_cache: { keys: ["v1"] } }]);
  expect(steps.at(-1)).toEqual({ when: { condition: "<< pipeline.parameters.x >>", steps: ["checkout"] } });
  expect(jobs.preview?.docker).toEqual([
    { image: "acme/ci:1", auth: { username: "$HUB", password: "$HUB_TOKEN" } },
  ]);
});

test("no job has an anchor of another, so that each can be replaced by itself", () => {
  const roles = (run: string) =>
    `{ preview: { people: everyone, branches: any, pipeline: { run: [${run}] } }, deploy: ${DEPLOY} } }`;
  const all = "{ steps: { before: [{ attach_workspace: { at: . } }] } }";
  for (const text of [
    writeConfig(projectWith(roles("a"), all)),
    mergeConfig(projectWith(roles("a"), all), BUILD, FILE),
  ]) {
    expect(text).not.toMatch(/[&*]a\d/);
    expect(merged(projectWith(roles("b"), all), text).config.jobs).toHaveProperty("deploy");
  }
});

describe("two projects of one repository", () => {
  const project = projectsWith(`shop:
    id: 88c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f04
    repository: github.com/acme/monorepo
    pipeline: { parameter: run-shop }
    roles: { deploy: { people: [bob], branches: [main], bucket: acme-shop, pipeline: { approval: true } } }
  website:
    id: 77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03
    repository: github.com/acme/monorepo
    roles: { deploy: { people: [alice], branches: [main], bucket: acme-website } }`);

  test("write into one file in any order, and again without changing each other's jobs", () => {
    const both = merged(project("website"), merged(project("shop"), "").text);
    expect(Object.keys(both.config.jobs).sort()).toEqual(["shop-deploy", "website-deploy"]);
    expect(both.config.parameters).toEqual({ "run-shop": { type: "boolean", default: false } });
    expect(both.config.workflows.shop).toEqual({
      when: "<< pipeline.parameters.run-shop >>",
      jobs: [
        { "approve-shop-deploy": { type: "approval", filters: 'pipeline.git.branch == "main"' } },
        { "shop-deploy": { requires: ["approve-shop-deploy"], filters: 'pipeline.git.branch == "main"' } },
      ],
    });
    const other = merged(project("shop"), merged(project("website"), "").text);
    expect(other.config).toEqual(both.config);
    expect(merged(project("shop"), both.text).text).toBe(both.text);
  });

  test("a job stops first in a pipeline of the other project", () => {
    const { jobs } = validConfig<Config>(writeConfig(project("shop")));
    const [first] = stepsOf(jobs["shop-deploy"]);
    expect(first).toEqual({
      run: {
        name: "Stop in pipelines of other projects",
        command:
          'if [ "$CIRCLE_PROJECT_ID" != 88c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f04 ]; then circleci-agent step halt; fi',
      },
    });
  });
});
