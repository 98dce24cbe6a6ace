import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { mergeConfig } from "../../lib/circleci/merge-config";
import { pipeline } from "../../lib/circleci/pipeline";
import { refFilterWithout } from "../../lib/circleci/ref-filter";
import { repositoryRoot } from "../../lib/programs/cache";
import { readAccess } from "../../lib/project/read-access";
import { anyRef, refs } from "../fixtures/access";
import { apply, ELSEWHERE, infrastructure, ON_MAIN, plan } from "./terraform-project";
import { validConfig } from "./valid-config";

const OWN_CONFIG = path.join(repositoryRoot, ".circleci", "config.yml");
const example = readAccess(path.join(repositoryRoot, "examples", "infrastructure", "access.yaml"));

describe("refs without those of another role", () => {
  const main = refs({ branches: ["main"] });
  test.each([
    ["any, without none", anyRef, undefined, {}],
    ["any, without main", anyRef, main, { filters: ELSEWHERE }],
    [
      "any, without a pattern",
      anyRef,
      refs({ branches: ["release/*"] }),
      { filters: 'pipeline.git.branch != "" and not (pipeline.git.branch starts-with "release/")' },
    ],
    ["any, without any", anyRef, anyRef, undefined],
    ["main, without main", main, main, undefined],
    [
      "a list, without one of it",
      refs({ branches: ["main", "next"], tags: ["v*"] }),
      refs({ branches: ["main"], tags: ["v1"] }),
      {
        filters:
          'pipeline.git.branch == "next" or pipeline.git.tag starts-with "v" and pipeline.git.tag != "v1"',
      },
    ],
  ])("%s", (_, of, others, expected) => {
    expect(refFilterWithout(of, others)).toEqual(expected);
  });
});

describe("in an existing config", () => {
  const THEIRS =
    "version: 2.1\njobs:\n  test:\n    docker: [{ image: a }]\n    steps: [checkout]\nworkflows:\n  infrastructure:\n    jobs:\n      - test # first\n";
  const whole = infrastructure([apply, plan]);
  const merge = (text: string, project = whole) => mergeConfig(project, text, "config.yml");

  test("the approval is added once, and removed with its jobs", () => {
    const merged = merge(THEIRS);
    validConfig(merged);
    expect(merged).toContain("      - test # first\n");
    expect(merge(merged)).toBe(merged);
    const without = merge(merged, infrastructure([plan]));
    expect(parse(without).workflows.infrastructure.jobs).toEqual(["test", "review"]);
    expect(without).not.toContain("approve");
  });

  test.each([
    ["an approval", "      - approve: { type: approval, requires: [test] }\n"],
    ["a job", "      - approve\n"],
  ])("%s of that name that is not ours is an error", (_, line) => {
    expect(() => merge(THEIRS + line)).toThrow(
      expect.objectContaining({ code: "pipeline-clash", exitCode: 2 }),
    );
  });
});

describe("this repository's own config", () => {
  test("has the generated jobs, tests, the bindings of another AWS provider, and synth", () => {
    expect(pipeline(example, { project: "infrastructure", check: true, file: OWN_CONFIG })).toContain(
      "is up to date",
    );
    expect(validConfig(readFileSync(OWN_CONFIG, "utf8"))).toMatchObject({
      jobs: {
        test: {
          steps: [
            "checkout",
            { run: { name: "Install Chrome, for the tests that open reports in a browser" } },
            { run: "npm test" },
          ],
        },
        "provider-6": { steps: ["checkout", { run: "npm run check -- --provider 6" }] },
        synth: {},
      },
      workflows: {
        infrastructure: {
          jobs: [
            ...["test", "provider-6", "synth"],
            { review: { filters: ELSEWHERE, context: ["pull-request-comments"] } },
            { plan: { filters: ON_MAIN } },
            { approve: { type: "approval", requires: ["plan"], filters: ON_MAIN } },
            { apply: { requires: ["approve"], filters: ON_MAIN } },
          ],
        },
      },
    });
  });
});
