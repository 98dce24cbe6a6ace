import { createProgress } from "../../programs/progress";
import { wrongCall } from "../../project/unknown-name";
import type { Interest } from "../trail/interest";
import { listFiles } from "./list-files";
import { type LogFiles, type ReadLogs, readLogs } from "./read-logs";
import { listBucket } from "./s3";

/** Below this it is over before a progress line could be read. */
const WITH_PROGRESS = 20 * 1024 * 1024;
const MB = 1_000_000;

/**
 * Reads `--events`: files and folders, or one place in S3; with progress on a terminal.
 * @throws ProjectError `wrong-call`, `input-missing`, `input-unreadable` (exit 2);
 * `usage-bucket-not-read`
 */
export async function readEvents(paths: readonly string[], interest: Interest): Promise<ReadLogs> {
  const inS3 = paths.filter((path) => path.startsWith("s3://"));
  const [place] = inS3;
  if (inS3.length > 0 && (paths.length > 1 || place === undefined))
    throw wrongCall("--events reads one place in S3, or files", "call it once for each place");
  const files = place === undefined ? local(paths) : await listBucket(place, interest.since);
  if (files.count === 0)
    throw wrongCall(
      `--events ${paths.join(" ")}: no log files there`,
      "name a folder with .json or .json.gz files",
    );
  if (files.bytes < WITH_PROGRESS || !process.stderr.isTTY) return readLogs(files, interest);
  return createProgress().step(
    "CloudTrail logs",
    (tell) =>
      readLogs(files, interest, (done, bytes) => {
        tell(`${done} of ${files.count} files, ${megabytes(bytes)} of ${megabytes(files.bytes)}`);
      }),
    ({ filesRead }) => `${filesRead} files read`,
  );
}

function local(paths: readonly string[]): LogFiles {
  const { files, otherNames, bytes } = listFiles(paths);
  return { files, count: files.length, bytes, otherNames };
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / MB)} MB`;
}
