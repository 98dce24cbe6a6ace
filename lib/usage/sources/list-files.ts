import { type Dirent, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { ProjectError } from "../../errors";
import type { LogFile } from "./read-file";

export interface ListedFiles {
  /** In the order of the times in their names, so that a session's calls follow its assumption. */
  readonly files: readonly LogFile[];
  /** Files of a folder that no log has the name of. */
  readonly otherNames: readonly string[];
  readonly bytes: number;
}

/** CloudTrail's files, the AWS CLI's JSON, JSON Lines, and Athena's results. */
const LOG = /\.(?:json|jsonl|ndjson|csv)(?:\.gz)?$|\.gz$/i;

/**
 * The log files of paths: files in any case, and those of folders whose name ends as a log's, also
 * in folders below, as CloudTrail lays them out in a bucket.
 * @throws ProjectError `input-missing`, `input-unreadable` (exit 2)
 */
export function listFiles(paths: readonly string[]): ListedFiles {
  const found: { readonly file: string; readonly bytes: number }[] = [];
  const otherNames: string[] = [];
  const below = (folder: string): void => {
    for (const entry of entriesOf(folder)) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) below(file);
      else if (LOG.test(entry.name)) found.push({ file, bytes: sizeOf(file) ?? 0 });
      else otherNames.push(file);
    }
  };
  for (const one of paths) {
    const size = sizeOf(one);
    if (size === undefined) below(one);
    else found.push({ file: one, bytes: size });
  }
  const files = found
    .map(({ file }) => ({ key: orderOf(file), file }))
    .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
    .map(({ file }): LogFile => ({ name: file, from: { path: file } }));
  return { files, otherNames, bytes: found.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** `…_us-east-1_20261130T0545Z_….json.gz`: the time, then the path. */
export function orderOf(file: string): string {
  return `${/_(\d{8}T\d{4}Z)_/.exec(file)?.[1] ?? ""} ${file}`;
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    throw unreadable(folder, cause);
  }
}

/** Undefined: a folder. */
function sizeOf(file: string): number | undefined {
  try {
    const found = statSync(file);
    return found.isDirectory() ? undefined : found.size;
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function unreadable(file: string, cause: unknown): ProjectError {
  const isMissing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
  return new ProjectError({
    code: isMissing ? "input-missing" : "input-unreadable",
    message: isMissing
      ? `${file} does not exist`
      : `${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    found: file,
    fix: "check the path and the permissions",
    exitCode: 2,
    cause,
  });
}
