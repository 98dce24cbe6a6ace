import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { readPlanFile } from "../../../lib/deliver/plan-files/read-plan-file";
import { showPlanFile } from "../../../lib/deliver/plan-files/show-plan-file";
import { ProjectError } from "../../../lib/errors";
import { run } from "../../../lib/process/run";
import { repositoryRoot } from "../../../lib/programs/cache";
import { ownProgram } from "../../../lib/programs/own-program";
import { plan } from "../../plan/a-plan";
import { fakeTerraformProgram } from "../fake-terraform";

const ZIP = "PK\u0003\u0004 and more";

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "plan-file-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const codeOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(String, (error: unknown) => {
    if (error instanceof ProjectError) return `${error.code} ${error.exitCode}`;
    throw error;
  });
const write = (name: string, content: string | Uint8Array) => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};

describe("the content of a file decides what it is", () => {
  const read = (file: string) =>
    codeOf(readPlanFile(file, async (binary) => `shown ${path.basename(binary)}`));

  test("JSON is read and a plan file is shown, under any name", async () => {
    expect(await read(write("a.plan", "{}"))).toBe("{}");
    expect(await read(write("a.json", ZIP))).toBe("shown a.json");
  });

  test.each<[string, string | Uint8Array]>([
    ["plan-empty 2", ""],
    ["plan-compressed 2", gzipSync("{}")],
    ["input-not-utf8 2", Uint8Array.of(0xff, 0xfe)],
  ])("%s", async (code, content) => expect(await read(write("plan", content))).toBe(code));

  test("a folder and a missing file have different errors", async () => {
    expect(await read(folder)).toBe("plan-is-folder 2");
    expect(await read(path.join(folder, "nowhere"))).toBe("input-missing 2");
  });
});

describe("a plan file is shown", () => {
  const SAYS_WHERE = `[ "$1 $2" = "show -json" ] && echo "$(cd "$(dirname "$0")" && pwd) $(pwd) $3"`;
  const show = (file: string, more: { chdir?: string } = {}, env: NodeJS.ProcessEnv = {}) => {
    const program = fakeTerraformProgram(folder, SAYS_WHERE);
    const settings = {
      output: path.join(folder, "out"),
      env: { PATH: process.env.PATH, TERRAFORM_BINARY_NAME: program, ...env },
    };
    return showPlanFile(file, { ...settings, ...more });
  };

  test("in its folder, in the initialised stack of its name, or in the folder of --chdir", async () => {
    const file = write("main-website.plan", ZIP);
    expect(await show(file)).toBe(`${folder} ${folder} ${file}\n`);
    const stack = path.join(folder, "out", "stacks", "main-website");
    mkdirSync(stack, { recursive: true });
    expect(await show(file)).toBe(`${folder} ${folder} ${file}\n`);
    mkdirSync(path.join(stack, ".terraform"));
    expect(await show(file)).toBe(`${folder} ${stack} ${file}\n`);
    const chdir = path.join(folder, "out");
    expect(await show(file, { chdir })).toBe(`${folder} ${chdir} ${file}\n`);
  });

  test("by OpenTofu if Terraform is missing, and by any version", async () => {
    const bin = path.join(folder, "bin");
    mkdirSync(bin);
    writeFileSync(path.join(bin, "tofu"), `#!/bin/sh\necho "tofu $*"\n`, { mode: 0o755 });
    const file = write("plan", ZIP);
    const env = { PATH: `${bin}:/nowhere`, TERRAFORM_BINARY_NAME: undefined };
    expect(await show(file, {}, env)).toBe(`tofu show -json ${file}\n`);
  });

  test("a plan file that cannot be shown is an error with Terraform's message and a fix", async () => {
    const program = fakeTerraformProgram(folder, `echo "Inconsistent dependency lock file" >&2; exit 1`);
    const settings = { output: folder, env: { PATH: process.env.PATH, TERRAFORM_BINARY_NAME: program } };
    const error = await showPlanFile(write("plan", ZIP), settings).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: "plan-not-shown",
      exitCode: 2,
      found: path.join(folder, "plan"),
      message: expect.stringContaining("Inconsistent dependency lock file"),
    });
    expect(await codeOf(show(write("plan", ZIP), { chdir: path.join(folder, "nowhere") }))).toBe(
      "plan-not-shown 2",
    );
  });
});

describe("standard input", () => {
  const review = async (input: string) => {
    const [node, ...args] = ownProgram("cli/oidc.ts");
    const { exitCode, stderr } = await run(node, [...args, "review", "--no-access", "--plan", "-"], {
      cwd: repositoryRoot,
      input,
    });
    return `${exitCode} ${/error\[([\w-]+)\]/.exec(stderr)?.[1] ?? ""}`;
  };

  test("must be JSON, neither binary nor empty", async () => {
    const found = [await review(plan([])), await review(ZIP), await review("")];
    expect(found).toEqual(["0 ", "2 plan-binary-on-stdin", "2 plan-empty"]);
  });
});
