import { readFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../../../lib/programs/cache";
import { forCdktn } from "../../../lib/start/init/for-cdktn";
import { init } from "../../../lib/start/init/init";
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
  expect(own.dependencies).toMatchObject({ ...tried.dependencies, "@cdktn/provider-aws": "25.7.0" });
  expect(Object.keys(own.dependencies)).toHaveLength(Object.keys(other.dependencies).length);
  expect(own.engines).toEqual({ node: ">=22.19.0" });
  expect(own).toMatchObject({
    scripts: other.scripts,
    devDependencies: other.devDependencies,
    jest: other.jest,
  });
  expect(Object.keys(own.overrides)).toHaveLength(Object.keys(other.overrides).length - 1);
});

test("the framework is a project's: without a folder for one, the call is wrong", async () => {
  const host = {
    env: {},
    folder: "/nowhere",
    note: () => {},
    withPrompt: async () => Promise.reject(new Error()),
  };
  await expect(init({ given: answers, framework: "cdktn" }, host)).rejects.toMatchObject({
    code: "wrong-call",
    exitCode: 2,
  });
});
