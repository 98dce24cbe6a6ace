import path from "node:path";
import { compareText } from "../../collections/sort";
import { writeMoment } from "../../config/rules/moment";
import { describeMoment } from "../../describe/moment";
import { refusal } from "../../project/read-input";
import { sha256 } from "../../project/sha256";
import { commitsOf } from "../history/commits";
import { shallowCommits } from "../history/path-changes";
import { grantedRoles } from "../model/granted-roles";
import type { Snapshot } from "./snapshot";
import { repositoryOf } from "./work-tree";

/**
 * The file as the current branch had it at a moment: after the newest commit, by first parents,
 * that was committed by then. Changes in the work tree do not count.
 * @param at ISO 8601 in UTC, to the second
 * @throws ProjectError `report-no-history`, `report-history-too-short`, `report-file-absent`,
 * `report-version-unreadable`
 */
export async function pastSnapshot(file: string, at: string): Promise<Snapshot> {
  const repository = await repositoryOf(file);
  if (typeof repository === "string")
    throw refusal(
      "report-no-history",
      `--at ${at} asks for a past moment, and ${file} has no git history (${WHY[repository]})`,
      "run it in a clone of the repository, or leave --at out",
    );
  const { top, history } = repository;
  const from = history.commits.findIndex(({ time }) => time * 1_000 <= Date.parse(at));
  if (from < 0) {
    const oldest = history.commits.at(-1);
    const since = describeMoment(writeMoment((oldest?.time ?? 0) * 1_000));
    const isShallow = (await shallowCommits(top)).size > 0;
    throw refusal(
      "report-history-too-short",
      `the history of the branch begins on ${since} in this clone, after ${at}`,
      isShallow ? "fetch the rest of the history: git fetch --unshallow" : "ask for a later moment",
    );
  }
  return snapshotAt(file, repository, from, at);
}

/**
 * The file as a commit has it, on whichever branch; its moment is the commit's.
 * @param ref a branch, tag, hash or an expression such as `HEAD~2`
 * @throws ProjectError `report-no-history`, `report-file-absent`, `report-version-unreadable`,
 * `report-commit-unknown`
 */
export async function commitSnapshot(file: string, ref: string): Promise<Snapshot> {
  const repository = await repositoryOf(file, ref);
  if (typeof repository === "string")
    throw refusal(
      repository === "no-commit" ? "report-commit-unknown" : "report-no-history",
      repository === "no-commit"
        ? `"${ref}" is not a commit of this repository, and not a day or a time with its zone`
        : `${file} has no git history (${WHY[repository]})`,
      "name a branch, tag or hash, a day (2026-03-31) or a time with its zone",
    );
  const [commit] = repository.history.commits;
  return snapshotAt(file, repository, 0, writeMoment((commit?.time ?? 0) * 1_000));
}

const WHY = {
  "no-repository": "not in a git repository",
  "no-commit": "no commit yet",
  "no-git": "git cannot be started",
} as const;

type Found = Exclude<Awaited<ReturnType<typeof repositoryOf>>, string>;

/** @param from position of the commit in the history */
async function snapshotAt(
  file: string,
  { top, history }: Found,
  from: number,
  at: string,
): Promise<Snapshot> {
  const hash = history.commits[from]?.hash ?? "";
  const commit = (await commitsOf(top, [hash])).get(hash);
  if (commit === undefined) throw new Error(`git did not show commit ${hash}`);
  const version = await history.versionAt(from);
  const where = `${hash.slice(0, 12)} of ${describeMoment(commit.date)}`;
  if (version === undefined)
    throw refusal(
      "report-file-absent",
      `commit ${where}, the newest at ${at}, does not have ${file}`,
      "ask for a later moment, or check the path: OIDC_ACCESS_FILE",
    );
  const { content, path: own } = version;
  if (content.kind !== "read")
    throw refusal(
      "report-version-unreadable",
      `${own} as of commit ${where} cannot be read by this version: ${content.kind === "unreadable" ? content.why : "it does not exist"}`,
      `look at it: git show ${hash.slice(0, 12)}:${own}`,
    );
  const last = history.lastChange(from);
  const documents = [...content.documents].sort(([one], [other]) => compareText(one, other));
  return {
    at,
    access: content.access,
    roles: grantedRoles(content.access, content.file),
    sources: [
      { path: own, sha256: sha256(content.bytes), ...(last === undefined ? {} : { commit: last }) },
      ...documents.map(([name, bytes]) => {
        const source = path.posix.join(path.posix.dirname(own), name);
        const changed = history.lastDocumentChange(source, from);
        return { path: source, sha256: sha256(bytes), ...(changed === undefined ? {} : { commit: changed }) };
      }),
    ],
    git: { top, history, from, commit, notCommitted: [], isCommitted: true },
  };
}
