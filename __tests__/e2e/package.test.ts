import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import ts from "typescript";
import { type CheckedPackage, checkPackage } from "../../dev/package/check-package";
import { run } from "../../lib/process/run";
import { repositoryRoot } from "../../lib/programs/cache";

// It is packed once, and installed twice.
jest.setTimeout(300_000);

const POLICY = path.join(repositoryRoot, "examples", "branch-pin", "trust-policy.json");

let folder: string;
let checked: CheckedPackage;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "package-"));
  checked = await checkPackage(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A folder with files, and the package in its node_modules. */
function project(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(path.join(folder, "project-"));
  const installed = path.join(root, "node_modules", "cdktf-circleci-oidc");
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", checked.tarball, "-C", installed, "--strip-components=1"]);
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(root, name), text);
  return root;
}

test("the package holds no tests, needs no other package, and has the licences of what it bundles", () => {
  expect(checked.files.filter((file) => /__tests__|\.test\.|\.ts$/.test(file))).toEqual(["api/iam.d.ts"]);
  expect(checked.packages).toBe(1);
  expect(checked.installedMb).toBeLessThan(30);
  const licences = readFileSync(
    path.join(project({}), "node_modules/cdktf-circleci-oidc/THIRD-PARTY-LICENSES.txt"),
    "utf8",
  );
  for (const name of ["commander", "zod", "yaml"]) expect(licences).toMatch(new RegExp(`^${name} \\d`, "m"));
});

test("npx audits a policy in an empty folder", async () => {
  const empty = mkdtempSync(path.join(folder, "empty-"));
  copyFileSync(checked.tarball, path.join(empty, path.basename(checked.tarball)));
  const args = [
    "-y",
    `./${path.basename(checked.tarball)}`,
    "audit",
    "--policy",
    POLICY,
    "--fail-on",
    "high",
  ];
  const { exitCode, stdout } = await run("npx", args, { cwd: empty });
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^1 trust policy .*finding/m);
});

test("the example of ./iam compiles and runs, as an ES module and by require", async () => {
  const root = project({});
  const source = readFileSync(path.join(root, "node_modules/cdktf-circleci-oidc/api/iam.d.ts"), "utf8");
  const example = /@example\n((?: \*.*\n)*?) \*\//.exec(source)?.[1]?.replace(/^ \* ?/gm, "") ?? "";
  expect(example).toContain('relation !== "same"');
  const compiled = (module: ts.ModuleKind): string =>
    ts.transpileModule(example, { compilerOptions: { module, target: ts.ScriptTarget.ES2022 } }).outputText;
  writeFileSync(path.join(root, "example.mjs"), compiled(ts.ModuleKind.ES2022));
  writeFileSync(path.join(root, "example.cjs"), compiled(ts.ModuleKind.CommonJS));
  for (const name of ["example.mjs", "example.cjs"])
    expect(await run(process.execPath, [name], { cwd: root })).toMatchObject({ exitCode: 0, stderr: "" });
  // The nearest example that fails: the second policy allows some users only.
  writeFileSync(
    path.join(root, "example.mjs"),
    compiled(ts.ModuleKind.ES2022).replace('"**"', '"org/*/user/0*"'),
  );
  const { exitCode, stderr } = await run(process.execPath, ["example.mjs"], { cwd: root });
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining("Error: narrower")]);
});

test("the hooks for pre-commit pass in a good project, and fail on an error in access.yaml", async () => {
  const talk = readFileSync(path.join(repositoryRoot, "examples", "talk", "access.yaml"), "utf8");
  const root = project({ "access.yaml": talk });
  const oidc = (...args: readonly string[]) => {
    const program = path.join(root, "node_modules", "cdktf-circleci-oidc", "bin", "oidc.cjs");
    return run(process.execPath, [program, ...args], { cwd: root });
  };
  expect(await oidc("pipeline", "--write")).toMatchObject({ exitCode: 0 });
  const text = readFileSync(path.join(repositoryRoot, ".pre-commit-hooks.yaml"), "utf8");
  const entries = [...text.matchAll(/entry: npx --no-install oidc (.*)/g)].map(([, args = ""]) =>
    args.split(" "),
  );
  expect(entries).toHaveLength(2);
  for (const args of entries) expect(await oidc(...args)).toMatchObject({ exitCode: 0 });
  writeFileSync(path.join(root, "access.yaml"), talk.replace("people: everyone", "people: []"));
  for (const args of entries) expect(await oidc(...args)).toMatchObject({ exitCode: 2 });
});

test("a command that declares stacks says which packages it needs", async () => {
  const talk = readFileSync(path.join(repositoryRoot, "examples", "talk", "access.yaml"), "utf8");
  const root = project({ "access.yaml": talk });
  mkdirSync(path.join(root, "docs"));
  const oidc = path.join(root, "node_modules", "cdktf-circleci-oidc", "bin", "oidc.cjs");
  const { exitCode, stderr } = await run(process.execPath, [oidc, "review"], {
    cwd: path.join(root, "docs"),
  });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("error[packages-missing]");
  expect(stderr).toContain("npm install cdktf constructs @cdktf/provider-aws");
});
