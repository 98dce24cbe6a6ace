import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { ProjectError } from "../errors";
import { run } from "../process/run";

/** Which code this is: a commit, and whether the files are as that commit has them. */
export interface CodeVersion {
  /** 40 or 64 hex digits; null: this is no git repository, or it has no commit yet. */
  readonly commit: string | null;
  /**
   * Files differ from the commit's, or are new and not ignored. Without a commit nothing is known:
   * true.
   */
  readonly isDirty: boolean;
}

/**
 * The commit that is checked out in a folder.
 * @param folder in the work tree
 * @param except folders whose files do not count, such as the one that plans are kept in
 * @throws ProjectError `git-failed`, `git-missing`
 */
export async function codeVersion(folder: string, except: readonly string[] = []): Promise<CodeVersion> {
  const commit = await commitOf(folder, "HEAD");
  if (commit === undefined) return { commit: null, isDirty: true };
  const top = realpathSync((await git(folder, ["rev-parse", "--show-toplevel"])).trimEnd());
  const left = except.map((one) => path.relative(top, realOf(one))).filter(isBelow);
  const status = await git(top, [
    ...["status", "--porcelain=v1", "--untracked-files=normal", "--", ":(top)"],
    ...left.map((one) => `:(top,exclude,literal)${one}`),
  ]);
  return { commit, isDirty: status !== "" };
}

/**
 * The commit that a name stands for.
 * @param ref a branch, tag, hash or an expression such as `HEAD~2`; what begins with a dash is
 * never an option
 * @returns undefined: there is none
 * @throws ProjectError `git-missing`
 */
export async function commitOf(folder: string, ref: string): Promise<string | undefined> {
  // No name of a commit begins so (git-check-ref-format); --end-of-options is not in every git that
  // is in use.
  if (ref.startsWith("-")) return undefined;
  const { exitCode, stdout } = await runGit(folder, ["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]);
  const commit = stdout.trim();
  return exitCode === 0 && /^[0-9a-f]{40,64}$/.test(commit) ? commit : undefined;
}

/**
 * Where a folder's repository is published: the address of the remote `origin`, else of the only
 * one.
 * @returns undefined: it is no git repository, or has no remote that could be meant
 * @throws ProjectError `git-missing`
 */
export async function remoteOf(folder: string): Promise<string | undefined> {
  const { exitCode, stdout } = await runGit(folder, ["remote"]);
  if (exitCode !== 0) return undefined;
  const names = stdout.split("\n").filter((name) => name !== "");
  const name = names.includes("origin") ? "origin" : names.length === 1 ? names[0] : undefined;
  if (name === undefined || name.startsWith("-")) return undefined;
  return (await git(folder, ["remote", "get-url", name])).trimEnd();
}

/**
 * What git answers. No hook runs, and nothing is asked. @throws ProjectError `git-failed`,
 * `git-missing`
 */
export async function git(folder: string, args: readonly string[]): Promise<string> {
  const { exitCode, signal, stdout, stderr } = await runGit(folder, args);
  if (exitCode === 0) return stdout;
  throw new ProjectError({
    code: "git-failed",
    message: `git ${args.join(" ")} in ${folder} ended with ${exitCode ?? signal}: ${stderr.trim()}`,
    found: args[0] ?? "",
  });
}

async function runGit(folder: string, args: readonly string[]) {
  const env = { ...process.env, GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" };
  try {
    return await run("git", ["-c", "core.hooksPath=/dev/null", ...args], { cwd: folder, env });
  } catch (cause) {
    throw new ProjectError({
      code: "git-missing",
      message: "git cannot be run",
      fix: "install git, and see that it is on the PATH",
      cause,
    });
  }
}

/** git names files by their real path. What does not exist holds nothing that could count. */
function realOf(folder: string): string {
  return existsSync(folder) ? realpathSync(folder) : path.resolve(folder);
}

function isBelow(relative: string): boolean {
  return relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
}
