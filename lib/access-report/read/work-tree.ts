import { readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { compareText } from "../../collections/sort";
import { readAccessFile, type ValidAccess } from "../../config/load";
import { ProjectError } from "../../errors";
import { commitOf, git, topIfAny } from "../../project/git";
import { ROLE_CHECKS, readAccessText } from "../../project/read-access";
import { documentsBeside } from "../../project/read-document";
import { sha256 } from "../../project/sha256";
import { commitsOf } from "../history/commits";
import { branchCommits } from "../history/path-changes";
import { FileHistory } from "../history/versions";
import { grantedRoles } from "../model/granted-roles";
import type { ReportSource } from "../model/report";
import type { Snapshot, SnapshotGit } from "./snapshot";

/** A repository with at least one commit, and the history of the file in it. */
export interface Repository {
  readonly top: string;
  /** The file's path below the top, with `/`. */
  readonly path: string;
  readonly history: FileHistory;
}

/**
 * The repository of a file, with the history that ends with a commit.
 * @param ref Default: the commit that is checked out
 * @throws ProjectError `git-failed`
 */
export async function repositoryOf(
  file: string,
  ref = "HEAD",
): Promise<Repository | Exclude<Snapshot["git"], SnapshotGit>> {
  const real = realpathSync(file);
  try {
    const top = await topIfAny(path.dirname(real));
    if (top === undefined) return "no-repository";
    const head = await commitOf(top, ref);
    if (head === undefined) return "no-commit";
    const own = path.relative(top, real).split(path.sep).join("/");
    return { top, path: own, history: await FileHistory.open(top, await branchCommits(top, head), own) };
  } catch (error) {
    if (error instanceof ProjectError && error.code === "git-missing") return "no-git";
    throw error;
  }
}

/**
 * The file as it is in the work tree, and whether it is committed.
 * @param at the moment that the report answers for
 * @throws AccessFileError; ProjectError of `readAccessText`; `git-failed`
 */
export async function workTreeSnapshot(file: string, at: string): Promise<Snapshot> {
  const text = readAccessText(file);
  const named = new Set<string>();
  const beside = documentsBeside(file);
  const valid = readAccessFile(text, file, ROLE_CHECKS, (name) => {
    named.add(name);
    return beside(name);
  });
  const repository = await repositoryOf(file);
  const folder = path.dirname(realpathSync(file));
  const files = [realpathSync(file), ...[...named].sort(compareText).map((name) => path.join(folder, name))];
  const common = { at, access: valid.access, roles: grantedRoles(valid.access, valid.file) };
  if (typeof repository === "string")
    return { ...common, git: repository, sources: files.map((one) => sourceOf(one, folder)) };
  const { top, history } = repository;
  const sources = files.map((one) => sourceOf(one, top));
  const committed = await committedIn(repository, sources, valid);
  const [newest] = history.commits;
  const commit = (await commitsOf(top, newest === undefined ? [] : [newest.hash])).get(newest?.hash ?? "");
  if (commit === undefined) throw new Error("a branch without a commit");
  return {
    ...common,
    sources: sources.map((one) => {
      const hash = committed.commits.get(one.path);
      return hash === undefined ? one : { ...one, commit: hash };
    }),
    git: {
      top,
      history,
      from: 0,
      commit,
      isCommitted: committed.isSame,
      notCommitted: sources.map((one) => one.path).filter((one) => !committed.commits.has(one)),
    },
  };
}

function sourceOf(file: string, folder: string): ReportSource {
  const relative = path.relative(folder, file).split(path.sep).join("/");
  return { path: relative, sha256: sha256(readFileSync(file)) };
}

/**
 * Which sources are as the newest commit has them, by the commit that changed each last; and
 * whether its version of access.yaml grants the same, whatever git was told to ignore.
 */
async function committedIn(
  { top, history, path: own }: Repository,
  sources: readonly ReportSource[],
  { access }: ValidAccess,
): Promise<{ readonly commits: ReadonlyMap<string, string>; readonly isSame: boolean }> {
  const version = await history.versionAt(0);
  if (version?.content.kind !== "read" || version.path !== own) return { commits: new Map(), isSame: false };
  const isSame = JSON.stringify(version.content.access) === JSON.stringify(access);
  if (!isSame) return { commits: new Map(), isSame };
  const paths = sources.map((one) => one.path);
  const options = ["status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--"];
  const status = await git(top, ["--literal-pathspecs", ...options, ...paths]);
  const changed = new Set(status.split("\0").map((entry) => entry.slice(3)));
  const commits = sources.flatMap((one, index) => {
    const hash = index === 0 ? history.lastChange(0) : history.lastDocumentChange(one.path, 0);
    return hash === undefined || changed.has(one.path) ? [] : [[one.path, hash] as const];
  });
  return { commits: new Map(commits), isSame };
}
