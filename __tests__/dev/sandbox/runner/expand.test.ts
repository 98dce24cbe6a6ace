import { type RunnableJob, readRunnable } from "../../../../dev/sandbox/runner/read-config";
import { onMain } from "./a-pipeline";

/** Configurations with parameters, as `circleci config process` expands them. */
const IMAGE = "docker: [{ image: cimg/node:22.11 }]";

function jobs(text: string, source = onMain): readonly RunnableJob[] {
  return readRunnable(`version: 2.1\n${text}`, source).flatMap(({ jobs: all }) =>
    all.filter((job) => job.kind === "job"),
  );
}

/** The commands of each job. */
function commands(text: string, source = onMain): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    jobs(text, source).map(({ name, steps }) => [
      name,
      steps.map((step) => (step.kind === "run" ? step.command : step.name)),
    ]),
  );
}

const refusal = (text: string) => ({
  throws: (message: RegExp) =>
    expect(() => jobs(text)).toThrow(
      expect.objectContaining({ code: "config-not-run", message: expect.stringMatching(message) }),
    ),
});

const ONE = "workflows: { build: { jobs: [test] } }";

describe("pipeline values", () => {
  const text = `parameters: { size: { type: integer, default: 3 } }
jobs:
  test:
    ${IMAGE}
    environment: { SIZE: << pipeline.parameters.size >>, WHERE: "at << pipeline.git.branch >>" }
    steps:
      - run: echo << pipeline.number >> <<pipeline.git.revision>> "<< pipeline.git.tag >>"
      - run: echo \\<< pipeline.number >>
${ONE}`;

  test("are those of the push; an escaped reference is text", () => {
    expect(commands(text)).toEqual({ test: ['echo 7 abc123 ""', "echo << pipeline.number >>"] });
    expect(jobs(text)[0]?.environment).toEqual({ SIZE: "3", WHERE: "at main" });
    const tagged = { ...onMain, branch: "", tag: "v1", parameters: { size: 5 } };
    expect(commands(text, tagged)).toMatchObject({ test: ['echo 7 abc123 "v1"', expect.anything()] });
    expect(jobs(text, tagged)[0]?.environment).toEqual({ SIZE: "5", WHERE: "at " });
  });

  test("that a push does not have are named", () => {
    refusal(text.replace("pipeline.number", "pipeline.schedule.name")).throws(
      /refers to << pipeline\.schedule\.name >>.*knows.*pipeline\.git\.branch/,
    );
    refusal(text.replace("pipeline.parameters.size", "pipeline.parameters.sise")).throws(/parameters\.sise/);
  });

  test("a parameter that is not declared, or of another type, is refused", () => {
    for (const parameters of [{ sise: 1 }, { size: "big" }])
      expect(() => jobs(text, { ...onMain, parameters })).toThrow(
        expect.objectContaining({ code: "config-not-run", message: expect.stringMatching(/sise|"big"/) }),
      );
  });
});

describe("commands and conditional steps", () => {
  const text = `commands:
  greet:
    parameters:
      who: { type: string }
      polite: { type: boolean, default: false }
      then: { type: steps, default: [] }
    steps:
      - when: { condition: << parameters.polite >>, steps: [run: echo "Dear << parameters.who >>"] }
      - unless: { condition: << parameters.polite >>, steps: [run: echo "<< parameters.who >>"] }
      - steps: << parameters.then >>
  twice:
    parameters: { who: { type: string } }
    steps:
      - greet: { who: << parameters.who >> }
      - greet: { who: << parameters.who >>, polite: true }
jobs:
  test:
    ${IMAGE}
    steps:
      - twice: { who: "<< pipeline.git.branch >>" }
      - greet: { who: b, then: [run: echo done] }
${ONE}`;

  test("are replaced by their steps, also inside of commands", () => {
    expect(commands(text)).toEqual({
      test: ['echo "main"', 'echo "Dear main"', 'echo "b"', "echo done"],
    });
  });

  test.each([
    ["a missing parameter", "- greet: { who: b,", "- greet: {", /"greet" is called without.*"who"/],
    ["an unknown one", "who: b,", "who: b, loud: true,", /"greet" has no parameter "loud"/],
    ["one of another type", "who: b,", "who: b, polite: 1,", /"polite".*is 1.*type boolean/],
    ["a command that calls itself", "- twice: {", "- again\n      - twice: {", /calls itself/],
  ])("%s is refused", (_, from, to, message) => {
    expect(text).toContain(from);
    refusal(text.replace(from, to).replace("commands:\n", "commands:\n  again: { steps: [again] }\n")).throws(
      message,
    );
  });
});

describe("executors and jobs with parameters", () => {
  const text = `executors:
  node:
    parameters: { version: { type: string, default: "22.11" }, level: { type: enum, enum: [low, high], default: low } }
    docker: [{ image: "cimg/node:<< parameters.version >>" }]
    environment: { LEVEL: << parameters.level >>, FROM: executor }
    working_directory: ~/app
jobs:
  test:
    parameters: { level: { type: string, default: low }, nodes: { type: integer, default: 1 } }
    executor: { name: node, level: << parameters.level >> }
    environment: { FROM: job }
    parallelism: << parameters.nodes >>
    steps: [run: echo << parameters.level >>]
workflows:
  build:
    jobs:
      - test: { level: high, nodes: 3, pre-steps: [run: echo before], post-steps: [run: echo after] }`;

  test("get what the workflow passes; the job's environment is stronger", () => {
    expect(commands(text)).toEqual({ test: ["echo before", "echo high", "echo after"] });
    expect(jobs(text)[0]).toMatchObject({
      environment: { LEVEL: "high", FROM: "job" },
      parallelism: 3,
      folder: "app",
    });
  });

  test.each([
    ["a value that is not listed", "level: high", "level: none", /"level" of the executor "node" is "none"/],
    ["a folder outside of the home folder", "~/app", "/app", /working_directory/],
    ["too many nodes", "nodes: 3", "nodes: 300", /parallelism/],
    ["a machine", /docker: .*/, "machine: { image: x }", /machine/],
    ["an executor that is not defined", "name: node", "name: mac", /executor "mac"/],
  ])("%s is refused", (_, from, to, message) => {
    refusal(text.replace(from, to)).throws(message);
  });
});

describe("a matrix", () => {
  const text = `jobs:
  test:
    parameters: { version: { type: string }, os: { type: string } }
    ${IMAGE}
    steps: [run: "echo << parameters.version >> << parameters.os >>"]
  deploy: { ${IMAGE}, steps: [checkout] }
workflows:
  build:
    jobs:
      - deploy: { requires: [test] }
      - test:
          matrix:
            parameters: { version: ["20", "22"], os: [linux, mac] }
            exclude: [{ version: "20", os: mac }]`;

  test("starts a job for each combination, named by its values, and its name stands for all", () => {
    expect(commands(text)).toEqual({
      "test-linux-20": ["echo 20 linux"],
      "test-linux-22": ["echo 22 linux"],
      "test-mac-22": ["echo 22 mac"],
      deploy: ["checkout"],
    });
    const deploy = jobs(text).find(({ name }) => name === "deploy");
    expect([...(deploy?.requires.keys() ?? [])]).toEqual(["test-linux-20", "test-linux-22", "test-mac-22"]);
  });

  test("has an alias and names of its own", () => {
    const own = text
      .replace("- test:\n", "- test:\n          name: on-<< matrix.os >>-<< matrix.version >>\n")
      .replace("matrix:\n", "matrix:\n            alias: all-tests\n")
      .replace("requires: [test]", "requires: [all-tests]");
    const deploy = jobs(own).find(({ name }) => name === "deploy");
    expect([...(deploy?.requires.keys() ?? [])]).toEqual(["on-linux-20", "on-linux-22", "on-mac-22"]);
  });

  test.each([
    ["a value for a parameter that the job does not have", "os: [linux", "cpu: [1], os: [linux", /"cpu"/],
    ["no job left", '{ version: "20", os: mac }', "{}", /excludes all/],
    ["the same name for all", "- test:\n", "- test:\n          name: t\n", /two jobs called "t"/],
    ["a single value", '["20", "22"]', '"20"', /matrix of the job "test"/],
  ])("with %s is refused", (_, from, to, message) => {
    expect(text).toContain(from);
    refusal(text.replace(from, to)).throws(message);
  });
});

describe("an inline orb", () => {
  const text = `orbs:
  tools:
    commands: { greet: { parameters: { who: { type: string } }, steps: [run: "echo << parameters.who >>"] } }
    executors: { small: { ${IMAGE}, environment: { FROM: orb } } }
    jobs:
      hello:
        parameters: { who: { type: string, default: you } }
        executor: small
        steps: [greet: { who: << parameters.who >> }]
jobs:
  test: { executor: tools/small, steps: [tools/greet: { who: me }] }
workflows: { build: { jobs: [test, tools/hello: { who: them }, tools/hello: { name: second }] } }`;

  test("has jobs, commands and executors, which use each other without the orb's name", () => {
    expect(commands(text)).toEqual({
      test: ["echo me"],
      "tools/hello": ["echo them"],
      second: ["echo you"],
    });
    expect(jobs(text).map(({ environment }) => environment.FROM)).toEqual(["orb", "orb", "orb"]);
  });

  test("a job of the registry's orbs is refused by name", () => {
    const registry = text
      .replace("orbs:", "orbs:\n  node: circleci/node@7.1.0")
      .replace("[test,", "[node/test,");
    refusal(registry).throws(/"node\/test", which the config does not define; of orbs, only inline/);
  });

  test("a step of the registry's orbs is refused by name", () => {
    refusal(text.replace("tools/greet: { who: me }", "node/install")).throws(
      /"node\/install" of the job "test"/,
    );
  });

  test("an element of an inline orb that is not known is refused", () => {
    refusal(text.replace("    commands:", "    examples: {}\n    commands:")).throws(/inline orb "tools"/);
  });
});

describe("a workflow's condition", () => {
  const names = (when: string, source = onMain) =>
    jobs(
      `parameters: { docs: { type: boolean, default: false } }
jobs: { test: { ${IMAGE}, steps: [checkout] } }
workflows: { build: { ${when}, jobs: [test] } }`,
      source,
    ).length === 1;
  const feature = { ...onMain, branch: "feature" };

  test.each([
    ["when: true", true],
    ["when: false", false],
    ["when: << pipeline.parameters.docs >>", false],
    ["unless: << pipeline.parameters.docs >>", true],
    ["when: { equal: [main, << pipeline.git.branch >>] }", true],
    ["when: { not: { equal: [main, << pipeline.git.branch >>] } }", false],
    ["when: { and: [true, { or: [false, << pipeline.git.branch >>] }] }", true],
    ["when: { and: [] }", true],
    ["when: { or: [] }", false],
    ['when: { matches: { pattern: "^ma.n$", value: << pipeline.git.branch >> } }', true],
    ['when: { matches: { pattern: "ma", value: << pipeline.git.branch >> } }', false],
    ["when: << pipeline.git.tag >>", false],
    ["when: 'pipeline.git.branch == \"main\"'", true],
    ["when: 'pipeline.git.branch == \"other\"'", false],
  ])("%s on main: %s", (when, runs) => {
    expect(names(when)).toBe(runs);
  });

  test("is one of this push", () => {
    const when = "when: { equal: [main, << pipeline.git.branch >>] }";
    expect([names(when), names(when, feature)]).toEqual([true, false]);
  });

  test.each(["when: { xor: [true] }", "when: { and: true }", "when: [true]", "when: 'pipeline.id == \"x\"'"])(
    "%s is refused",
    (when) => {
      expect(() => names(when)).toThrow(expect.objectContaining({ code: "config-not-run" }));
    },
  );
});
