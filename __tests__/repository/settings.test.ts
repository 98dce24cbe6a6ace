import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { ORB } from "../../lib/circleci/job/orb";
import { defaultImage, defaultNodeImage } from "../../lib/config/schema/pipeline-schema";
import { repositoryRoot } from "../../lib/programs/cache";
import { PINNED_TERRAFORM } from "../../lib/terraform/versions";

const read = (...segments: readonly string[]): string =>
  readFileSync(path.join(repositoryRoot, ...segments), "utf8");

const customManager = z.object({
  managerFilePatterns: z.array(z.string()).min(1),
  matchStrings: z.array(z.string()).min(1),
});
const renovate = z
  .object({ ignorePaths: z.array(z.string()), customManagers: z.array(customManager) })
  .parse(JSON.parse(read("renovate.json")));

/** The preset `config:recommended` would ignore examples, too, as it does folders of tests. */
const isIgnored = (file: string) =>
  renovate.ignorePaths.some((glob) => {
    const [, folder = ""] = /^\*\*\/([\w-]+)\/\*\*$/.exec(glob) ?? [];
    expect(folder).not.toBe("");
    return file.split("/").includes(folder);
  });

/** The versions that the custom managers of Renovate find in a file. */
function versionsIn(file: string): readonly (string | undefined)[] {
  if (isIgnored(file)) return [];
  return renovate.customManagers
    .filter(({ managerFilePatterns }) =>
      managerFilePatterns.some((pattern) => new RegExp(pattern.slice(1, -1)).test(file)),
    )
    .flatMap(({ matchStrings }) => matchStrings)
    .flatMap((match) => [...read(file).matchAll(new RegExp(match, "g"))])
    .map(({ groups }) => groups?.currentValue);
}

/** Files with text, by their paths from the repository's root. */
const filesBelow = (folder: string): readonly string[] =>
  readdirSync(path.join(repositoryRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|md|ya?ml|json|sh)$/.test(entry.name))
    .map((entry) => path.relative(repositoryRoot, path.join(entry.parentPath, entry.name)));

describe("Renovate finds the versions that no package manager declares", () => {
  test.each([
    ["lib/terraform/versions.ts", PINNED_TERRAFORM.version],
    [".devcontainer/devcontainer.json", PINNED_TERRAFORM.version],
    ["lib/circleci/job/orb.ts", ORB.split("@")[1]],
  ])("%s: %s", (file, version) => {
    expect(version).toMatch(/^\d+\.\d+/);
    expect(versionsIn(file)).toEqual([version]);
  });

  const places = [...[".circleci", "docs", "examples", "lib", "orb"].flatMap(filesBelow)];
  places.push("README.md", "README.ja.md", "access.schema.json");
  const images = places.flatMap((file) =>
    [
      ...read(file).matchAll(
        /(?<=image: |[^\w.-])(cimg\/[a-z]+|hashicorp\/terraform|node):([\w.<-][^\s`"',}]*)/g,
      ),
    ]
      .filter(([whole, name]) => name !== "node" || read(file).includes(`image: ${whole}`))
      .map(([, name = "", tag = ""]) => ({ file, name, tag })),
  );

  test("every image of a job is one release, the same everywhere, and found", () => {
    const names = new Set(images.map(({ name }) => name));
    const distinct = [...names].map((name) => [
      name,
      [...new Set(images.filter((image) => image.name === name).map(({ tag }) => tag))],
    ]);
    expect(Object.fromEntries(distinct)).toEqual({
      "cimg/base": [defaultImage.split(":")[1]],
      "cimg/node": [expect.stringMatching(/^\d+\.\d+\.\d+$/)],
      "cimg/python": [expect.stringMatching(/^\d+\.\d+\.\d+-node$/)],
      "hashicorp/terraform": [PINNED_TERRAFORM.version],
      node: [defaultNodeImage.split(":")[1]],
    });
    // Renovate's own manager reads these.
    const others = images.filter(({ file }) => !/(^|\/)\.circleci\/.+\.yml$/.test(file));
    for (const name of new Set(others.map(({ file }) => file))) {
      const written = others.filter(({ file }) => file === name).map(({ tag }) => tag);
      expect([name, [...versionsIn(name)].sort()]).toEqual([name, written.sort()]);
    }
    expect(images.filter(({ file }) => isIgnored(file))).toEqual([]);
  });

  test("requirements/sandbox.in pins the packages that the lock file contains", () => {
    const pins = [...read("requirements", "sandbox.in").matchAll(/^([\w-]+)(?:\[\w+\])?==(\S+)/gm)];
    expect(pins.length).toBeGreaterThan(0);
    for (const [, name, version] of pins)
      expect(read("requirements", "sandbox.txt")).toContain(`\n${name}==${version} `);
  });
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
