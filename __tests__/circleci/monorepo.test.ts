import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "../../lib/circleci/pipeline";
import { accessFromText } from "../../lib/config/load";
import { repositoryRoot } from "../../lib/programs/cache";
import { ROLE_CHECKS } from "../../lib/project/read-access";
import { documentsBeside } from "../../lib/project/read-document";
import { validConfig } from "./valid-config";

const PAGE = path.join(repositoryRoot, "docs", "examples", "monorepo.md");
const [ACCESS = "", SETUP = ""] = [...readFileSync(PAGE, "utf8").matchAll(/^```yaml\n(.*?)^```$/gms)].map(
  ([, yaml]) => yaml ?? "",
);
const folder = mkdtempSync(path.join(tmpdir(), "monorepo-"));

/** Writes both projects' pipelines twice, in an order; the second time changes nothing. */
function written(yaml: string, file: string, projects: readonly string[]): string {
  const access = accessFromText(yaml, PAGE, ROLE_CHECKS, documentsBeside(PAGE));
  for (const project of projects)
    expect(pipeline(access, { project, write: true, file })).toMatch(/ written: /);
  const text = readFileSync(file, "utf8");
  for (const project of projects) {
    expect(pipeline(access, { project, write: true, file })).toMatch(/ is up to date /);
    expect(pipeline(access, { project, check: true, file })).toMatch(/ is up to date /);
  }
  expect(readFileSync(file, "utf8")).toBe(text);
  return text;
}

interface Config {
  readonly parameters?: unknown;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly unknown[] }>>;
  readonly workflows: unknown;
}

const filters = 'pipeline.git.branch == "main"';
const ids = { shop: "88c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f04", website: "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03" };

test("both projects of the page are in one configuration, in any order", () => {
  const one = validConfig<Config>(written(ACCESS, path.join(folder, "one.yml"), ["shop", "website"]));
  expect(one.workflows).toEqual({
    shop: { jobs: [{ "shop-deploy": { filters } }] },
    website: { jobs: [{ "website-deploy": { filters } }] },
  });
  for (const [key, id] of Object.entries(ids))
    expect(one.jobs[`${key}-deploy`]?.steps[0]).toMatchObject({
      run: { command: `if [ "$CIRCLE_PROJECT_ID" != ${id} ]; then circleci-agent step halt; fi` },
    });
  const other = validConfig<Config>(written(ACCESS, path.join(folder, "other.yml"), ["website", "shop"]));
  expect(other).toEqual(one);
});

describe("with path filtering", () => {
  const repository = "repository: github.com/acme/monorepo\n";
  const filtered = ["shop", "website"].reduce(
    (yaml, key) =>
      yaml.replace(
        new RegExp(`(  ${key}:\\n.*\\n    ${repository})`),
        `$1    pipeline: { parameter: run-${key} }\n`,
      ),
    ACCESS,
  );

  test("each workflow of the continuation has the parameter that the page's mapping sets", () => {
    const file = path.join(folder, "continue_config.yml");
    const config = validConfig<Config>(written(filtered, file, ["shop", "website"]));
    expect(config.parameters).toEqual({
      "run-shop": { type: "boolean", default: false },
      "run-website": { type: "boolean", default: false },
    });
    expect(config.workflows).toMatchObject({
      shop: { when: "<< pipeline.parameters.run-shop >>" },
      website: { when: "<< pipeline.parameters.run-website >>" },
    });
    for (const key of Object.keys(ids)) expect(SETUP).toContain(`${key}/.* run-${key} true\n`);
    validConfig(SETUP);
  });

  test("the page's setup configuration is an error, which names the file to pass", () => {
    const file = path.join(folder, "config.yml");
    writeFileSync(file, SETUP);
    expect(() => written(filtered, file, ["shop"])).toThrow(
      expect.objectContaining({
        code: "pipeline-is-setup",
        fix: expect.stringContaining("continue_config.yml"),
      }),
    );
  });
});
