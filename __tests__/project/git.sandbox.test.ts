import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { codeVersion, commitOf, git } from "../../lib/project/git";

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "git-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const setUp = () => {
  const who = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
  execFileSync("git", ["init", "-q", "-b", "main"], { cwd: folder });
  execFileSync("git", [...who, "commit", "-q", "--allow-empty", "-m", "first"], { cwd: folder });
};

test("without a repository or a commit the state is unknown, and not clean", async () => {
  expect(await codeVersion(folder)).toEqual({ commit: null, isDirty: true });
  execFileSync("git", ["init", "-q"], { cwd: folder });
  expect(await codeVersion(folder)).toEqual({ commit: null, isDirty: true });
});

test("a new file makes it dirty, unless it is ignored or in an excluded folder", async () => {
  setUp();
  const commit = execFileSync("git", ["rev-parse", "HEAD"], { cwd: folder, encoding: "utf8" }).trim();
  const below = path.join(folder, "below");
  mkdirSync(path.join(folder, "plans[1]"));
  mkdirSync(below);
  writeFileSync(path.join(folder, "plans[1]", "a.plan"), "");
  const but = [path.join(folder, "plans[1]"), path.join(tmpdir(), "elsewhere")];
  expect(await codeVersion(folder)).toEqual({ commit, isDirty: true });
  expect(await codeVersion(folder, but)).toEqual({ commit, isDirty: false });
  // By whatever path one comes there.
  const link = `${folder}-link`;
  symlinkSync(folder, link);
  expect(await codeVersion(link, [path.join(link, "plans[1]")])).toEqual({ commit, isDirty: false });
  rmSync(link);
  // Seen from a folder of the repository too, and of all of it.
  expect(await codeVersion(below, but)).toEqual({ commit, isDirty: false });
  writeFileSync(path.join(folder, "new"), "");
  expect(await codeVersion(below, but)).toEqual({ commit, isDirty: true });
  writeFileSync(path.join(folder, ".git", "info", "exclude"), "new\n");
  expect(await codeVersion(below, but)).toEqual({ commit, isDirty: false });
});

test("only a commit is accepted as a commit", async () => {
  setUp();
  expect(await commitOf(folder, "main")).toMatch(/^[0-9a-f]{40}$/);
  for (const ref of ["nowhere", "--all", "-q", "", "main^{tree}"])
    expect(await commitOf(folder, ref)).toBeUndefined();
  await expect(git(folder, ["show", "nowhere"])).rejects.toMatchObject({ code: "git-failed", found: "show" });
});
