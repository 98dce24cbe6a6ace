import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { ProjectError } from "../../../lib/errors";
import { escapeHtml } from "../../../lib/html/html";
import { run } from "../../../lib/process/run";

export interface Site {
  /** Repository to clone. */
  readonly repository: string;
  /** Adds a commit to the site on a branch. @returns the commit ID */
  readonly commit: (branch: string, author: string, text: string) => Promise<string>;
}

const FIRST = "main";

/**
 * Creates a small website in its own git repository.
 * @param folder must not exist
 * @param publish folder of the site that is uploaded
 * @throws ProjectError `git-failed`
 */
export async function createSite(folder: string, publish: string, env: NodeJS.ProcessEnv): Promise<Site> {
  await mkdir(path.join(folder, publish), { recursive: true });
  const git = async (author: string, ...args: readonly string[]): Promise<string> => {
    const who = {
      NAME: author,
      EMAIL: `${author.replace(/[^\w.-]/g, "-")}@example.com`,
      DATE: "2026-01-01T00:00:00Z",
    };
    const named = Object.fromEntries(
      Object.entries(who).flatMap(([name, value]) => [
        [`GIT_AUTHOR_${name}`, value],
        [`GIT_COMMITTER_${name}`, value],
      ]),
    );
    const ended = await run("git", ["-C", folder, ...args], { env: { ...env, ...named } });
    if (ended.exitCode === 0) return ended.stdout.trim();
    const message = `git ${args.join(" ")} ended with ${ended.exitCode}: ${ended.stderr.trim()}`;
    throw new ProjectError({
      code: "git-failed",
      message,
      found: String(ended.exitCode),
      fix: "check that git is installed",
    });
  };
  const page = path.join(folder, publish, "index.html");
  const write = (text: string): Promise<void> =>
    writeFile(
      page,
      `<!doctype html>\n<html lang="en"><title>A small site</title><p>${escapeHtml(text)}</p></html>\n`,
    );
  await git("site", "init", "-q", `--initial-branch=${FIRST}`);
  await write("First version.");
  await git("site", "add", "--all");
  await git("site", "commit", "-q", "-m", "Add the site");
  const first = await git("site", "rev-parse", "HEAD");
  return {
    repository: folder,
    commit: async (branch, author, text) => {
      await git(author, "checkout", "-q", "--detach", first);
      await write(text);
      await git(author, "commit", "-q", "--all", "--allow-empty", "-m", text);
      await git(author, "branch", "-f", branch);
      return git(author, "rev-parse", "HEAD");
    },
  };
}
