import { mkdirSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { git } from "../../project/git";

/**
 * Checks a commit out into a temporary git work tree and removes it afterwards. Work trees that
 * killed runs left behind are removed first.
 * @param repository a folder of the repository
 * @param commit its full hash
 * @param folder of these work trees, one for each process
 * @throws ProjectError `git-failed`
 */
export async function withWorkTree<T>(
  repository: string,
  commit: string,
  folder: string,
  use: (workTree: string) => Promise<T>,
): Promise<T> {
  mkdirSync(folder, { recursive: true });
  await removeLeftovers(repository, folder);
  const own = path.join(folder, String(process.pid));
  try {
    // Forced: git may still list a work tree of this name whose folder is gone.
    await git(repository, ["worktree", "add", "--quiet", "--force", "--detach", own, commit]);
    return await use(own);
  } finally {
    rmSync(own, { recursive: true, force: true });
    await git(repository, ["worktree", "prune"]);
  }
}

async function removeLeftovers(repository: string, folder: string): Promise<void> {
  const dead = readdirSync(folder).filter((name) => /^\d+$/.test(name) && !isAlive(Number(name)));
  for (const name of dead) rmSync(path.join(folder, name), { recursive: true, force: true });
  if (dead.length > 0) await git(repository, ["worktree", "prune"]);
}

function isAlive(pid: number): boolean {
  // An earlier process had this number; it has ended.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return typeof error === "object" && error !== null && "code" in error && error.code === "EPERM";
  }
}
