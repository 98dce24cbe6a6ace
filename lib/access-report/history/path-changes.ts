import { git } from "../../project/git";

/** A commit of the branch, by first parents. */
export interface BranchCommit {
  readonly hash: string;
  /** Seconds since 1970, of the committer. */
  readonly time: number;
}

/** What a commit made of a file. */
export interface PathChange {
  readonly hash: string;
  /** The file's path after the commit, below the top of the repository. */
  readonly path: string;
  /** The file's contents after it. Undefined: the commit deleted it. */
  readonly blob?: string;
}

/**
 * The commits of a branch, newest first. Of a merge only the first parent is followed: what a merge
 * brings counts from the merge, which is when the branch had it.
 * @param commit the newest
 */
export async function branchCommits(top: string, commit: string): Promise<readonly BranchCommit[]> {
  const text = await git(top, ["rev-list", "--first-parent", "--timestamp", commit]);
  return text.split("\n").flatMap((line): readonly BranchCommit[] => {
    const [time = "", hash] = line.split(" ");
    return hash === undefined ? [] : [{ hash, time: Number(time) }];
  });
}

/** Commits at which a shallow history ends. Empty: the history is whole. */
export async function shallowCommits(top: string): Promise<ReadonlySet<string>> {
  const isShallow = (await git(top, ["rev-parse", "--is-shallow-repository"])).trim() === "true";
  if (!isShallow) return new Set();
  // The commits without parents here; a root of the whole history counts as one of them, which only
  // says less than is known.
  const roots = await git(top, ["rev-list", "--max-parents=0", "HEAD"]);
  return new Set(roots.split("\n").filter((hash) => hash !== ""));
}

/**
 * The commits that changed a file, newest first; from a commit that renamed it on, those of the
 * file that it was.
 */
export function changesOfFile(top: string, commit: string, file: string): Promise<readonly PathChange[]> {
  return changes(top, commit, ["--follow"], [file]);
}

/** The commits that changed files, newest first, without renames. @param files at least one */
export function changesOfFiles(
  top: string,
  commit: string,
  files: readonly string[],
): Promise<readonly PathChange[]> {
  return changes(top, commit, ["--no-renames"], files);
}

/** What a user's configuration adds to the output, and how merges are compared, is set here. */
const SETTINGS = ["--literal-pathspecs", "-c", "log.showSignature=false", "-c", "log.diffMerges=separate"];

async function changes(
  top: string,
  commit: string,
  options: readonly string[],
  files: readonly string[],
): Promise<readonly PathChange[]> {
  const format = ["--first-parent", "-m", "--raw", "--no-abbrev", "-z", "--no-color", "--format=%H"];
  return readRaw(await git(top, [...SETTINGS, "log", ...options, ...format, commit, "--", ...files]));
}

/**
 * Output of `git log --raw -z --format=%H`: for each commit its hash, then for each file
 * `:mode mode blob blob status`, its path, and of a rename its new path; all ended by NUL (git
 * docs, "Raw output format").
 */
export function readRaw(text: string): readonly PathChange[] {
  const fields = text.split("\0");
  const found: PathChange[] = [];
  let hash = "";
  for (let at = 0; at < fields.length; at++) {
    const field = (fields[at] ?? "").trimStart();
    if (/^[0-9a-f]{40,64}$/.test(field)) hash = field;
    const [, mode = "", blob = "", status = ""] =
      /^:\d+ (\d+) [0-9a-f]+ ([0-9a-f]+) ([A-Z])\d*$/.exec(field) ?? [];
    if (status === "") continue;
    const isMoved = status === "R" || status === "C";
    const path = fields[at + (isMoved ? 2 : 1)] ?? "";
    at += isMoved ? 2 : 1;
    // A link's contents are a path, not the file.
    const isFile = status !== "D" && mode.startsWith("100");
    found.push({ hash, path, ...(isFile ? { blob } : {}) });
  }
  return found;
}
