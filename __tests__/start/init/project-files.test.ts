import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { repositoryRoot } from "../../../lib/programs/cache";
import { forCdktn } from "../../../lib/start/init/for-cdktn";
import { ownPackage } from "../../../lib/start/init/own-package";
import { type ProjectFile, projectFiles } from "../../../lib/start/init/project-files";
import { answers } from "./answers";

const ofCdktf = projectFiles("/nowhere/access", answers);
const ofCdktn = forCdktn(ofCdktf);

function textOf(files: readonly ProjectFile[], name: string): string {
  return files.find(({ file }) => file === name)?.text ?? "";
}

test("a project with CDK Terrain names no package of cdktf, and has no replacement for its terminal", () => {
  const left = ofCdktf.filter(({ file }) => !ofCdktn.some((one) => one.file === file));
  expect(left.map(({ file }) => path.dirname(file))).toEqual(Array(2).fill(path.join("vendor", "terminal")));
  for (const { text } of ofCdktn)
    expect(
      text.match(/"@?cdktf(?!-circleci-oidc|\.json|\.out)[^"]*"|\bcdktf (?:deploy|synth)\b/g),
    ).toBeNull();
  expect(textOf(ofCdktf, "main.ts")).toContain('import { App } from "cdktf";');
  expect(textOf(ofCdktn, "main.ts")).toContain('import { App } from "cdktn";');
  expect(textOf(ofCdktn, "help")).toMatch(/^ {2}npx oidc deploy {2,}deploy all stacks$/m);
});

test("its versions are those that tests deploy with; everything else is as with cdktf", () => {
  const [own, other] = [
    JSON.parse(textOf(ofCdktn, "package.json")),
    JSON.parse(textOf(ofCdktf, "package.json")),
  ];
  const tried = JSON.parse(
    readFileSync(path.join(repositoryRoot, "dev", "cdktn", "cli", "package.json"), "utf8"),
  );
  const versions = Object.entries(tried.dependencies).filter(([, from]) => !String(from).startsWith("file:"));
  expect(versions).toHaveLength(3);
  expect(own.dependencies).toMatchObject({
    ...Object.fromEntries(versions),
    "@cdktn/provider-aws": "25.7.0",
  });
  expect(Object.keys(own.overrides).sort()).toEqual(Object.keys(tried.overrides).sort());
  expect(Object.keys(own.dependencies)).toHaveLength(Object.keys(other.dependencies).length);
  expect(own.engines).toEqual({ node: ">=22.19.0" });
  expect(own).toMatchObject({
    scripts: other.scripts,
    devDependencies: other.devDependencies,
    jest: other.jest,
  });
  expect(Object.keys(own.overrides)).toHaveLength(Object.keys(other.overrides).length - 1);
});

describe("what a new project depends on", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), "own-package-"));
    mkdirSync(path.join(root, "node_modules", "cdktf-circleci-oidc"), { recursive: true });
    writeFileSync(
      path.join(root, "node_modules", "cdktf-circleci-oidc", "package.json"),
      '{"version":"1.2.3"}',
    );
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function installedFrom(resolved: string): ReturnType<typeof ownPackage> {
    const lock = { packages: { "node_modules/cdktf-circleci-oidc": { resolved } } };
    writeFileSync(path.join(root, "node_modules", ".package-lock.json"), JSON.stringify(lock));
    return ownPackage(path.join(root, "node_modules", "cdktf-circleci-oidc"));
  }

  test("is the version that came from the registry", () => {
    expect(installedFrom("https://registry.npmjs.org/x/-/x-1.2.3.tgz")).toEqual({ specifier: "1.2.3" });
  });

  test("is a copy of the tarball that was installed: no path of this machine", () => {
    writeFileSync(path.join(root, "own-1.2.3.tgz"), "packed");
    expect(installedFrom("file:own-1.2.3.tgz")).toEqual({
      specifier: "file:./vendor/own-1.2.3.tgz",
      tarball: { file: path.join("vendor", "own-1.2.3.tgz"), bytes: Buffer.from("packed") },
    });
  });

  test("is a tarball that is gone by its path, and never the registry's package of that version", () => {
    expect(installedFrom("file:own-1.2.3.tgz")).toEqual({
      specifier: `file:${path.join(root, "own-1.2.3.tgz")}`,
    });
  });
});
