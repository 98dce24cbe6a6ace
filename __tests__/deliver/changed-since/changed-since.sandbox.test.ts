import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type ChangedSinceSettings, changedSince } from "../../../lib/deliver/changed-since/changed-since";
import { stacksIn } from "../../../lib/deliver/stacks/synthesised-stacks";
import { ProjectError } from "../../../lib/errors";

let folder: string;
let project: string;
let output: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "since-")));
  project = path.join(folder, "project");
  output = path.join(folder, "out");
  mkdirSync(path.join(project, "node_modules"), { recursive: true });
  write("main.ts", "");
  write("package-lock.json", "{}");
  write(".gitignore", "node_modules\n");
  access({ a: "1", b: "1" });
  git("init", "-q", "-b", "main");
  commit();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function git(...args: readonly string[]): string {
  const who = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...who, ...args], {
    cwd: project,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
}
const commit = () => {
  git("add", "-A");
  git("commit", "-q", "-m", "more");
};
const write = (file: string, text: string) => writeFileSync(path.join(project, file), text);
/** Instead of access.yaml: one stack for each entry, with this in it. */
const access = (stacks: Readonly<Record<string, unknown>>) => write("access.json", JSON.stringify(stacks));

/**
 * What main.ts does, in short: stacks from the access file. Stack traces differ by path, as cdktf's
 * may.
 */
const synthesise: ChangedSinceSettings["synthesise"] = async (then, accessFile, written) => {
  expect(existsSync(path.join(then, "node_modules"))).toBe(true);
  const stacks = JSON.parse(readFileSync(accessFile, "utf8"));
  if (stacks.broken !== undefined)
    throw new ProjectError({ code: "synth-failed", message: "access.json is broken" });
  for (const [name, value] of Object.entries(stacks)) {
    mkdirSync(path.join(written, "stacks", name), { recursive: true });
    const comment = { "//": { metadata: { path: then, stackTrace: [then] } } };
    const code = { ...comment, resource: { aws_s3_bucket: { b: { value, ...comment } } } };
    writeFileSync(path.join(written, "stacks", name, "cdk.tf.json"), JSON.stringify(code));
  }
  const entries = Object.keys(stacks).map((name) => [name, { workingDirectory: `stacks/${name}` }]);
  writeFileSync(path.join(written, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(entries) }));
};

async function since(ref: string, more: Partial<ChangedSinceSettings> = {}) {
  const settings = {
    project,
    folder: path.join(folder, "cache"),
    accessFile: path.join(project, "access.json"),
    synthesise,
    ...more,
  };
  await synthesise(project, settings.accessFile, output);
  const { stacks, leftOut, doubt } = await changedSince(stacksIn(output, []), ref, settings);
  // Whatever came of it, nothing is left lying about.
  expect(git("worktree", "list").split("\n")).toHaveLength(1);
  expect(readdirSync(settings.folder)).toEqual([]);
  return { planned: stacks.map(({ name }) => name), leftOut, doubt };
}
const everything = (doubt: string) => ({
  planned: ["a", "b"],
  leftOut: [],
  doubt: expect.stringContaining(doubt),
});

test("unchanged stacks are skipped with the reason; changed and new ones are planned", async () => {
  const then = git("rev-parse", "--short=12", "HEAD");
  access({ a: "1", b: "2", c: "1" });
  expect(await since("main")).toEqual({
    planned: ["b", "c"],
    leftOut: [{ name: "a", reason: `its code is the same as at main (${then})` }],
    doubt: undefined,
  });
  commit();
  expect((await since("HEAD~1")).planned).toEqual(["b", "c"]);
  expect((await since("HEAD")).planned).toEqual([]);
});

test.each(["nowhere", "", "-h", "--help", "--all", "HEAD^{tree}", "main:main.ts", "a b"])(
  "%j is not a commit",
  async (ref) => {
    mkdirSync(path.join(folder, "cache"));
    await expect(since(ref)).rejects.toMatchObject({ code: "ref-unknown", exitCode: 2, found: ref });
  },
);

describe("if the comparison is uncertain, every stack is planned, with the reason", () => {
  test("other packages", async () => {
    write("package-lock.json", "{ }");
    mkdirSync(path.join(folder, "cache"));
    expect(await since("main")).toEqual(everything("package-lock.json differs"));
  });

  test("a commit that cannot be synthesised, or lacks access.yaml or cdktf.json", async () => {
    access({ broken: true });
    commit();
    access({ a: "1", b: "1" });
    expect(await since("main")).toEqual(everything("access.json is broken"));
    rmSync(path.join(project, "access.json"));
    commit();
    access({ a: "1", b: "1" });
    expect(await since("main")).toEqual(everything("access.json is not in that commit"));
    commit();
    write("cdktf.json", "{}");
    expect(await since("main")).toEqual(everything("that commit has no cdktf.json"));
  });

  test("a commit that has node_modules", async () => {
    write("node_modules/package", "");
    git("add", "-f", "node_modules/package");
    commit();
    expect(await since("main")).toEqual(everything("EEXIST"));
  });

  test("an access file from elsewhere, also by a link", async () => {
    const elsewhere = path.join(folder, "elsewhere.json");
    writeFileSync(elsewhere, JSON.stringify({ a: "1", b: "1" }));
    mkdirSync(path.join(folder, "cache"));
    expect(await since("main", { accessFile: elsewhere })).toEqual(everything("is outside the repository"));
    rmSync(path.join(project, "access.json"));
    symlinkSync(elsewhere, path.join(project, "access.json"));
    commit();
    expect(await since("main")).toEqual(everything("is a link to a file outside the repository"));
  });

  test("a shallow clone without that commit", async () => {
    const first = git("rev-parse", "HEAD");
    access({ a: "1", b: "2" });
    commit();
    const shallow = path.join(folder, "shallow");
    execFileSync("git", ["clone", "-q", "--depth", "1", `file://${project}`, shallow], { stdio: "ignore" });
    mkdirSync(path.join(shallow, "node_modules"));
    mkdirSync(path.join(folder, "cache"));
    const settings = { project: shallow, accessFile: path.join(shallow, "access.json") };
    expect(await since(first, settings)).toEqual(everything("shallow"));
  });
});

test("a repository with the project in a subfolder", async () => {
  const below = path.join(project, "infra");
  mkdirSync(path.join(below, "node_modules"), { recursive: true });
  for (const file of ["main.ts", "package-lock.json", "access.json"])
    writeFileSync(path.join(below, file), readFileSync(path.join(project, file)));
  commit();
  writeFileSync(path.join(below, "access.json"), JSON.stringify({ a: "2", b: "1" }));
  const settings = { project: below, accessFile: path.join(below, "access.json") };
  expect(await since("main", settings)).toMatchObject({ planned: ["a"], leftOut: [{ name: "b" }] });
});

test("the work tree of a killed run is removed by the next; that of a running one stays", async () => {
  const cache = path.join(folder, "cache");
  mkdirSync(cache);
  // No process has this number (Linux: at most 2^22; macOS: 99,998).
  const left = path.join(cache, "99999999");
  git("worktree", "add", "--detach", left, "main");
  const living = path.join(cache, String(process.ppid));
  mkdirSync(living);
  await expect(since("main")).rejects.toThrow(String(process.ppid));
  expect(readdirSync(cache)).toEqual([String(process.ppid)]);
  expect(git("worktree", "list").split("\n")).toHaveLength(1);
});

test("no hook of the repository runs", async () => {
  const hook = path.join(project, ".git", "hooks", "post-checkout");
  writeFileSync(hook, `#!/bin/sh\ntouch ${folder}/hooked\n`, { mode: 0o755 });
  await since("main");
  expect(existsSync(path.join(folder, "hooked"))).toBe(false);
});
