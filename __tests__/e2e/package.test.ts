import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import ts from "typescript";
import { type SharedTerraform, sharedTerraform } from "../../dev/e2e/providers/shared-terraform";
import { ENTRY_POINTS } from "../../dev/package/api";
import { type CheckedPackage, checkPackage } from "../../dev/package/check-package";
import { run } from "../../lib/process/run";
import { repositoryRoot } from "../../lib/programs/cache";
import { prepareTools } from "../../lib/terraform/prepare";
import { lendPackages } from "./lend-packages";

// It is packed once, and installed twice: alone, and in the project that `init` makes.
jest.setTimeout(900_000);

const NAME = "cdktf-circleci-oidc";
const POLICY = path.join(repositoryRoot, "examples", "branch-pin", "trust-policy.json");
const TALK = path.join(repositoryRoot, "examples", "talk", "access.yaml");
/** Of node_modules of a clone, `npm ci`: 1.1 GB. */
const MOST_MB_TO_DEPLOY = 0.6 * 1_100;
/** What git, CircleCI and AWS would say. */
const ANSWERS = [
  ...[
    "--yes",
    "--repository",
    "github.com/acme/website",
    "--person",
    "alice",
    "--account-id",
    "123456789012",
  ],
  ...["--organization", "6f2d2c1e-0d5b-4a52-9e7d-0c6f0b7a1d11"],
  ...["--project-id", "77c2a8e4-5b1d-4f60-8a3e-9d4c7b6e5f03"],
  ...["--person-id", "0b6ad1c5-93a4-4a39-8f3f-2d1f2f0c7a01"],
];

let folder: string;
let checked: CheckedPackage;
let shared: SharedTerraform;
/** The project that `init` makes, with everything that it needs to deploy. */
let access: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "package-"));
  [checked, shared] = await Promise.all([checkPackage(folder), sharedTerraform()]);
  const tarball = `./${path.basename(checked.tarball)}`;
  succeeded(await run("npx", ["-y", tarball, "init", "my-access", ...ANSWERS], { cwd: folder }));
  access = path.join(folder, "my-access");
  // What npm would choose today is installed with LONG=1.
  if (process.env.LONG !== "1") lendPackages(access);
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
  // The project has a copy of the tarball, and can be cloned to another machine.
  rmSync(path.join(folder, path.basename(checked.tarball)));
  succeeded(await run("npm", ["install", ...flags], { cwd: access }));
  copyFileSync(path.join(access, "vendor", path.basename(checked.tarball)), checked.tarball);
});
afterAll(async () => {
  await shared?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function succeeded({ exitCode, stdout, stderr }: Awaited<ReturnType<typeof run>>): string {
  if (exitCode !== 0) throw new Error(`exit code ${exitCode}:\n${stdout}\n${stderr}`);
  return stdout;
}

/** A folder with files, and the package in its node_modules. */
function project(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(path.join(folder, "project-"));
  unpack(path.join(root, "node_modules", NAME));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(root, name), text);
  return root;
}

function unpack(target: string): void {
  mkdirSync(target, { recursive: true });
  execFileSync("tar", ["-xzf", checked.tarball, "-C", target, "--strip-components=1"]);
}

test("the package holds no tests, needs no other package, and has the licences of what it bundles", () => {
  const sources = checked.files.filter((file) => /__tests__|\.test\.|\.ts$/.test(file));
  expect(sources.sort()).toEqual(
    [...ENTRY_POINTS.map((one) => `api/${one}.d.ts`), "template/main.ts"].sort(),
  );
  expect(checked.packages).toBe(1);
  expect(checked.installedMb).toBeLessThan(30);
  const installed = path.join(access, "node_modules", NAME);
  const licences = readFileSync(path.join(installed, "THIRD-PARTY-LICENSES.txt"), "utf8");
  for (const name of ["commander", "zod", "yaml"]) expect(licences).toMatch(new RegExp(`^${name} \\d`, "m"));
});

test("npx audits a policy in an empty folder, and names a page that is there", async () => {
  const empty = mkdtempSync(path.join(folder, "empty-"));
  copyFileSync(checked.tarball, path.join(empty, path.basename(checked.tarball)));
  const tarball = `./${path.basename(checked.tarball)}`;
  const args = ["-y", tarball, "audit", "--policy", POLICY, "--fail-on", "high"];
  const { exitCode, stdout } = await run("npx", args, { cwd: empty });
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^1 trust policy .*finding/m);
  const [, page = "", section = ""] = /help (\S+)#(\S+)/.exec(stdout.replaceAll(/\n\s*/g, " ")) ?? [];
  expect(readFileSync(path.resolve(empty, page), "utf8")).toContain(`## ${section}`);
});

/** The examples of an entry point's doc comments. */
function examplesOf(entry: string): readonly string[] {
  const text = readFileSync(path.join(access, "node_modules", NAME, "api", `${entry}.d.ts`), "utf8");
  return [...text.matchAll(/@example\n((?: \*.*\n)*?) \*\//g)].map(([, lines = ""]) =>
    lines.replace(/^ \* ?/gm, "").replaceAll("*\\/", "*/"),
  );
}

function compiled(example: string, module: ts.ModuleKind): string {
  const compilerOptions = { module, target: ts.ScriptTarget.ES2022 };
  return ts.transpileModule(example, { compilerOptions }).outputText;
}

test("every example compiles strictly and runs, as an ES module and by require, and Terraform accepts it", async () => {
  const root = path.join(access, "examples");
  mkdirSync(root);
  const { environment } = await prepareTools(["moto"]);
  const env = { ...process.env, ...environment, OIDC_ACCESS_FILE: TALK };
  const failed: string[] = [];
  for (const entry of ENTRY_POINTS) {
    const examples = examplesOf(entry);
    expect(examples.length).toBeGreaterThan(0);
    for (const [index, example] of examples.entries()) {
      const name = path.join(root, `${entry}-${index}`);
      for (const kind of ["mts", "cts"]) writeFileSync(`${name}.${kind}`, example);
      writeFileSync(`${name}.mjs`, compiled(example, ts.ModuleKind.ES2022));
      writeFileSync(`${name}.cjs`, compiled(example, ts.ModuleKind.CommonJS));
      // Starting moto twice would show the same once more.
      const kinds = example.includes("startSandbox") ? ["mjs"] : ["mjs", "cjs"];
      for (const kind of kinds) {
        const { exitCode, stderr } = await run(process.execPath, [`${name}.${kind}`], {
          cwd: access,
          env: { ...env, CDKTF_OUTDIR: `${name}.${kind}.out` },
        });
        if (exitCode !== 0) failed.push(`${name}.${kind}: ${stderr}`);
      }
    }
  }
  expect(failed).toEqual([]);
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
    module: "node16",
    target: "es2022",
    lib: ["es2022"],
    types: ["node"],
  };
  writeFileSync(
    path.join(root, "tsconfig.json"),
    JSON.stringify({ compilerOptions, include: ["*.mts", "*.cts"] }),
  );
  // TypeScript 7 finds what version 5 finds, which the project has, in a fifth of the time.
  const tsc = path.join(repositoryRoot, "node_modules", "typescript-7", "bin", "tsc");
  expect(await run(process.execPath, [tsc, "-p", root], { cwd: access })).toMatchObject({
    exitCode: 0,
    stdout: "",
  });

  // The nearest examples that fail: a policy for some users only, a role that bob may not assume.
  for (const [entry, from, to] of [
    ["iam", '"**"', '"org/*/user/0*"'],
    ["testing", 'person: "bob"', 'person: "alice"'],
  ] as const) {
    const wrong = compiled(examplesOf(entry)[0] ?? "", ts.ModuleKind.ES2022).replace(from, to);
    writeFileSync(path.join(root, "wrong.mjs"), wrong);
    const ended = await run(process.execPath, [path.join(root, "wrong.mjs")], { cwd: access, env });
    expect([entry, ended.exitCode, ended.stderr]).toEqual([
      entry,
      1,
      expect.stringMatching(/Error: (narrower|bob may deploy)/),
    ]);
  }

  // Terraform accepts the stack of the example that declares one role.
  const stack = path.join(root, "index-1.mjs.out", "stacks", "shop");
  const installing = { ...process.env, ...shared.environment, SHARED_PROVIDERS_INSTALL: "1" };
  const inStack = { cwd: stack, env: installing };
  succeeded(await run(shared.program, ["init", "-backend=false", "-input=false"], inStack));
  succeeded(await run(shared.program, ["validate"], inStack));
  const wrongProps = compiled(examplesOf("index")[1] ?? "", ts.ModuleKind.ES2022)
    .replace('branches: ["main"]', "branches: []")
    .replace('"s3:PutObject"', '"s3:PutObjekt"');
  writeFileSync(path.join(root, "wrong-role.mjs"), wrongProps);
  const { exitCode, stderr } = await run(process.execPath, ["examples/wrong-role.mjs"], { cwd: access });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("the props of shop/deploy have");
  expect(stderr).toMatch(/^ {2}branches: /m);
  // Above the message, Node prints the line of the package that throws.
  expect(stderr.length).toBeLessThan(4_000);
});

test("the project of init passes its own test, which fails once another person may deploy", async () => {
  const isMb = Number(
    execFileSync("du", ["-sm", "node_modules"], { cwd: access, encoding: "utf8" }).split("\t")[0],
  );
  expect(isMb).toBeLessThanOrEqual(MOST_MB_TO_DEPLOY);
  expect(existsSync(path.join(access, ".gitignore"))).toBe(true);
  const file = path.join(access, "access.yaml");
  const text = readFileSync(file, "utf8");
  const [, schema = ""] = /\$schema=(\S+)/.exec(text) ?? [];
  expect(existsSync(path.join(access, schema))).toBe(true);
  succeeded(await run("npm", ["test"], { cwd: access }));
  writeFileSync(file, text.replace("deploy: { people: [alice]", "deploy: { people: everyone"));
  const { exitCode, stderr } = await run("npm", ["test"], { cwd: access });
  writeFileSync(file, text);
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining('Expected: "deny"')]);
});

test("bootstrap and cdktf deploy the project in the sandbox, and a second plan is empty", async () => {
  // The first `init` installs the provider as the project's own lock file says.
  const bootstrap = "SHARED_PROVIDERS_INSTALL=1 npx oidc bootstrap --yes";
  const deploy = `${bootstrap} && npx cdktf deploy "*" --auto-approve && npx oidc diff main-website`;
  const said = succeeded(
    await run("npx", ["oidc", "sandbox", "sh", "-c", deploy], {
      cwd: access,
      env: { ...process.env, ...shared.environment, CI: "1" },
    }),
  );
  expect(said).toContain("Next: npx oidc deploy");
  expect(said).toMatch(/deploy_role_arn = "?arn:aws:iam::123456789012:role\/website-deploy/);
  expect(said).toMatch(/No changes/);
});

test("upgrade shows what another version would change, access first, and changes nothing", async () => {
  const next = path.join(folder, "next");
  unpack(next);
  const manifest = path.join(next, "package.json");
  writeFileSync(manifest, readFileSync(manifest, "utf8").replace('"version": "0.1.0"', '"version": "0.2.0"'));
  const library = path.join(next, "api", "index.js");
  const source = readFileSync(library, "utf8");
  const session = /maxSessionDuration: ?role\.sessionSeconds/;
  expect(source).toMatch(session);
  writeFileSync(library, source.replace(session, "maxSessionDuration: 7200"));
  // As npm packs it: everything is in a folder.
  execFileSync("tar", ["-cf", `${NAME}-0.2.0.tgz`, "next"], { cwd: folder });
  const upgrade = (tarball: string) =>
    run("npx", ["oidc", "upgrade", "--to", tarball, "--fail-on", "broader,not-examined"], { cwd: access });
  const { exitCode, stdout, stderr } = await upgrade(path.join(folder, `${NAME}-0.2.0.tgz`));
  expect([exitCode, stderr]).toEqual([1, expect.not.stringContaining("error[")]);
  expect(stdout).toMatch(/^From 0\.1\.0 to 0\.2\.0:/);
  expect(stdout).toContain("website-deploy");
  expect(stdout).toMatch(/session/);
  expect(readFileSync(path.join(access, "node_modules", NAME, "package.json"), "utf8")).toContain("0.1.0");
  expect(existsSync(path.join(access, "node_modules", ".oidc-upgrade"))).toBe(false);
  // The registry's package of this name is not the one that was installed from a file.
  const unnamed = await run("npx", ["oidc", "upgrade"], { cwd: access });
  expect([unnamed.exitCode, unnamed.stderr]).toEqual([2, expect.stringContaining("[version-not-named]")]);
  // The nearest version that changes nothing: the same one.
  const same = await upgrade(checked.tarball);
  expect([same.exitCode, same.stdout]).toEqual([0, expect.stringContaining("No changes")]);
});

test("the hooks for pre-commit pass in a good project, and fail on an error in access.yaml", async () => {
  const talk = readFileSync(TALK, "utf8");
  const root = project({ "access.yaml": talk });
  const oidc = (...args: readonly string[]) => {
    const program = path.join(root, "node_modules", NAME, "bin", "oidc.cjs");
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

test("a command that declares stacks says which packages it needs; no command names a clone's", async () => {
  const root = project({ "access.yaml": readFileSync(TALK, "utf8") });
  mkdirSync(path.join(root, "docs"));
  const oidc = path.join(root, "node_modules", NAME, "bin", "oidc.cjs");
  const { exitCode, stderr } = await run(process.execPath, [oidc, "review"], {
    cwd: path.join(root, "docs"),
  });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("error[packages-missing]");
  expect(stderr).toContain("npm install cdktf constructs @cdktf/provider-aws");
  const imported = await run(process.execPath, ["-e", `require("${NAME}")`], { cwd: root });
  expect(imported.stderr).toContain("→ npm install cdktf constructs @cdktf/provider-aws");
  expect(imported.stderr.length).toBeLessThan(4_000);
  const doctor = await run(process.execPath, [oidc, "doctor", "--json"], {
    cwd: root,
    env: { ...process.env, ...shared.environment },
  });
  expect(JSON.parse(doctor.stdout).checks).toContainEqual({
    what: "cdktf",
    state: "wrong",
    detail: expect.stringContaining("cdktf, constructs, @cdktf/provider-aws"),
    fix: "npm install cdktf constructs @cdktf/provider-aws",
  });
  // Before credentials are asked for, and before a bucket is created.
  for (const args of [["diff"], ["bootstrap", "--yes"]])
    expect(await run(process.execPath, [oidc, ...args], { cwd: root })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("error[cdktf-file]"),
    });
  const { stdout: help } = await run(process.execPath, [oidc, "--help"], { cwd: root });
  // In npx's folder, the package is named as it was typed.
  const npx = path.join(mkdtempSync(path.join(folder, "npx-")), "_npx", "0a1b");
  unpack(path.join(npx, "node_modules", NAME));
  writeFileSync(path.join(npx, "package.json"), '{"_npx":{"packages":["./here-0.1.0.tgz"]}}');
  const program = path.join(npx, "node_modules", NAME, "bin", "oidc.cjs");
  const missing = await run(process.execPath, [program, "explain"], { cwd: npx });
  expect([missing.exitCode, missing.stderr]).toEqual([
    2,
    expect.stringContaining("create one (npx ./here-0.1.0.tgz init)"),
  ]);
  expect(help).toContain("npx oidc bootstrap --account main");
  expect(help).not.toContain("npm run");
});
