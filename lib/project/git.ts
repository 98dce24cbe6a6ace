import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { ProjectError } from "../errors";
import { run } from "../process/run";

/** A version of the code: a commit, and whether the work tree differs from it. */
export interface CodeVersion {
  /** 40 or 64 hex digits; null: not a git repository, or no commit yet. */
  readonly commit: string | null;
  /**
   * Files differ from the commit's, or are new and not ignored. True if there is no commit.
   */
  readonly isDirty: boolean;
}

/**
 * The commit that is checked out in a folder.
 * @param folder in the work tree
 * @param except folders to ignore, such as the one with kept plans
 * @throws ProjectError `git-failed`, `git-missing`
 */
export async function codeVersion(folder: string, except: readonly string[] = []): Promise<CodeVersion> {
  const commit = await commitOf(folder, "HEAD");
  if (commit === undefined) return { commit: null, isDirty: true };
  const top = await topOf(folder);
  const left = except.map((one) => path.relative(top, realOf(one))).filter(isBelow);
  const status = await git(top, [
    ...["status", "--porcelain=v1", "--untracked-files=normal", "--", ":(top)"],
    ...left.map((one) => `:(top,exclude,literal)${one}`),
  ]);
  return { commit, isDirty: status !== "" };
}

/**
 * The commit of a ref.
 * @param ref a branch, tag, hash or an expression such as `HEAD~2`; never read as an option
 * @returns undefined: no such commit
 * @throws ProjectError `git-missing`
 */
export async function commitOf(folder: string, ref: string): Promise<string | undefined> {
  // No ref begins with a dash (git-check-ref-format), and older versions of git do not have
  // --end-of-options.
  if (ref.startsWith("-")) return undefined;
  const { exitCode, stdout } = await runGit(folder, ["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]);
  const commit = stdout.trim();
  return exitCode === 0 && /^[0-9a-f]{40,64}$/.test(commit) ? commit : undefined;
}

const TOP = ["rev-parse", "--show-toplevel"];

/**
 * The top of the work tree that holds a folder, as a real path.
 * @throws ProjectError `git-failed` (not in a work tree), `git-missing`
 */
export async function topOf(folder: string): Promise<string> {
  return realpathSync((await git(folder, TOP)).trimEnd());
}

/** The same; undefined: not in a work tree. @throws ProjectError `git-missing` */
export async function topIfAny(folder: string): Promise<string | undefined> {
  const { exitCode, stdout } = await runGit(folder, TOP);
  return exitCode === 0 ? realpathSync(stdout.trimEnd()) : undefined;
}

/**
 * The URL of a repository's remote: `origin`, or the only remote.
 * @returns undefined: not a git repository, or no such remote
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
 * The standard output of a git command, without hooks and prompts.
 * @throws ProjectError `git-failed`, `git-missing`
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
      message: "git cannot be started",
      fix: "install git, and put it on the PATH",
      cause,
    });
  }
}

/** git reports real paths. A folder that does not exist has no files to ignore. */
function realOf(folder: string): string {
  return existsSync(folder) ? realpathSync(folder) : path.resolve(folder);
}

function isBelow(relative: string): boolean {
  return relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
}
