import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { ORB } from "../../lib/circleci/job/orb";
import { repositoryRoot } from "../../lib/programs/cache";
import { PINNED_TERRAFORM } from "../../lib/terraform/versions";

const read = (...segments: readonly string[]): string =>
  readFileSync(path.join(repositoryRoot, ...segments), "utf8");

const customManager = z.object({
  managerFilePatterns: z.tuple([z.string()]),
  matchStrings: z.tuple([z.string()]),
});
const renovate = z
  .object({ customManagers: z.array(customManager) })
  .parse(JSON.parse(read("renovate.json")));

/** The versions that the custom managers of Renovate find in a file. */
function versionsIn(file: string): readonly (string | undefined)[] {
  return renovate.customManagers
    .filter(({ managerFilePatterns: [pattern] }) => new RegExp(pattern.slice(1, -1)).test(file))
    .flatMap(({ matchStrings: [match] }) => [...read(file).matchAll(new RegExp(match, "g"))])
    .map(({ groups }) => groups?.currentValue);
}

describe("Renovate finds the versions that no package manager declares", () => {
  test.each([
    ["lib/terraform/versions.ts", PINNED_TERRAFORM.version],
    [".devcontainer/devcontainer.json", PINNED_TERRAFORM.version],
    ["lib/circleci/job/orb.ts", ORB.split("@")[1]],
    [
      "examples/infrastructure/access.yaml",
      /image: cimg\/node:(\S+)/.exec(read(".circleci/config.yml"))?.[1],
    ],
  ])("%s: %s", (file, version) => {
    expect(version).toMatch(/^\d+\.\d+/);
    expect(versionsIn(file)).toEqual([version]);
  });

  test("requirements/sandbox.in pins the packages that the lock file contains", () => {
    const pins = [...read("requirements", "sandbox.in").matchAll(/^([\w-]+)(?:\[\w+\])?==(\S+)/gm)];
    expect(pins.length).toBeGreaterThan(0);
    for (const [, name, version] of pins)
      expect(read("requirements", "sandbox.txt")).toContain(`\n${name}==${version} `);
  });
});

test("images of the pipeline are pinned to one release", () => {
  const images = [...read(".circleci", "config.yml").matchAll(/image: (\S+)/g)].map(([, image]) => image);
  expect(images.length).toBeGreaterThan(0);
  for (const image of images) expect(image).toMatch(/^[a-z/]+:\d+\.\d+\.\d+(?:-node)?$/);
});

test("the development environments have the oldest supported Node", () => {
  const { engines } = z
    .object({ engines: z.object({ node: z.string() }) })
    .parse(JSON.parse(read("package.json")));
  const node = read(".nvmrc").trim();
  expect(engines.node).toMatch(new RegExp(`^>=${node}(?:\\.\\d+\\.\\d+)?$`));
  expect(read(".devcontainer", "devcontainer.json")).toContain(`/typescript-node:${node}-`);
});

describe("issue forms", () => {
  const folder = path.join(repositoryRoot, ".github", "ISSUE_TEMPLATE");
  const form = z.strictObject({
    name: z.string().min(1),
    description: z.string().min(1),
    labels: z.array(z.string()).optional(),
    body: z.array(
      z.strictObject({
        type: z.enum(["markdown", "input", "textarea", "checkboxes"]),
        id: z.string().optional(),
        attributes: z.record(z.string(), z.unknown()),
        validations: z.strictObject({ required: z.boolean() }).optional(),
      }),
    ),
  });

  test.each(readdirSync(folder).filter((file) => file !== "config.yml"))("%s is valid", (file) => {
    const { body } = form.parse(parse(readFileSync(path.join(folder, file), "utf8")));
    const ids = body.flatMap(({ id }) => id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(body.filter(({ type }) => type !== "markdown")).toHaveLength(ids.length);
  });

  test("blank issues are disabled, so that vulnerabilities are not reported in public", () => {
    expect(parse(readFileSync(path.join(folder, "config.yml"), "utf8"))).toEqual({
      blank_issues_enabled: false,
    });
    expect(readFileSync(path.join(folder, "vulnerability.yml"), "utf8")).toContain("SECURITY.md");
  });
});

test("the pre-commit hook is executable, and nothing installs it", () => {
  expect(statSync(path.join(repositoryRoot, "setup", "hooks", "pre-commit")).mode & 0o111).not.toBe(0);
  const scripts = read("package.json") + read("setup", "run.mjs") + read("setup", "install.mjs");
  expect(scripts).not.toContain("hooksPath");
});
