import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../../lib/programs/cache";
import { ownProgram } from "../../lib/programs/own-program";

/** What no command reads is a half of the files, which git stores in each copy. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  ...[".git", "node_modules", ".cache", "cdktf.out", "docs", "coverage", "__tests__"],
  ...["plans", "reports", "situations"].map((name) => path.join("dev", "golden", name)),
]);

/** Copies this project, uncommitted changes included, into a new git repository with one commit. */
export function copyAsRepository(folder: string): void {
  cpSync(repositoryRoot, folder, {
    recursive: true,
    filter: (source) =>
      !LEFT_OUT.has(path.relative(repositoryRoot, source)) && !source.includes("terraform.tfstate"),
  });
  compileApp(path.join(folder, "cdktf.json"));
  gitIn(folder, "init", "-q");
  commitAll(folder, "as it is");
  withPackages(folder);
}

/** Clones a repository; its packages are a link to ours instead of an `npm ci`. */
export function cloneOf(repository: string, folder: string): void {
  gitIn(repository, "clone", "-q", repository, folder);
  withPackages(folder);
}

export function commitAll(folder: string, message: string): void {
  gitIn(folder, "add", "-A");
  const who = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
  gitIn(folder, ...who, "commit", "-q", "-m", message);
}

export function gitIn(folder: string, ...args: readonly string[]): string {
  return execFileSync("git", args, { cwd: folder, encoding: "utf8" }).trim();
}

/** The stacks are declared by our main.ts, compiled: the same code, in a third of the time. */
function compileApp(file: string): void {
  const app = ownProgram("main.ts").map((word) => `"${word}"`);
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), app: app.join(" ") }));
}

function withPackages(folder: string): void {
  symlinkSync(path.join(repositoryRoot, "node_modules"), path.join(folder, "node_modules"));
}
