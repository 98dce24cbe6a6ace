import type { Interest } from "../trail/interest";
import { wantedOf } from "../trail/read-record";
import { Gathered, type Joined } from "./gathered";
import { type FileOutcome, type LogFile, readLogFile } from "./read-file";
import { type Readers, startReaders } from "./readers";

/** Files below this size in all are read without threads, which take longer to start. */
const WITHOUT_THREADS = 4 * 1024 * 1024;

/** A file that was not read to its end, or holds no events. */
export interface NotCounted {
  readonly name: string;
  readonly reason: string;
}

export interface ReadLogs {
  readonly joined: Joined;
  readonly filesRead: number;
  /** Files that may hold events of which nothing is known. */
  readonly notRead: readonly NotCounted[];
  /** CloudTrail's files without calls: digests, Insights events. */
  readonly withoutEvents: readonly NotCounted[];
  /** Whether calls were asked for, and not only assumptions. Default: true. */
  readonly hasCalls?: boolean;
}

export interface LogFiles {
  /** In the order in which they are to be read. */
  readonly files: AsyncIterable<LogFile> | Iterable<LogFile>;
  readonly count: number;
  readonly bytes: number;
  /** Files beside the logs that were not opened; complete when all of `files` have been taken. */
  readonly otherNames?: readonly string[];
  /** Files that could not be downloaded; likewise. */
  readonly notDownloaded?: readonly NotCounted[];
}

const OTHER = {
  digest: "a digest file: it lists log files",
  insight: "CloudTrail Insights: unusual rates of calls, not calls",
} as const;

/**
 * Reads log files, on all cores if there is enough to read.
 * @param onRead called after each file with the files and bytes so far
 */
export async function readLogs(
  { files, count, bytes, otherNames = [], notDownloaded = [] }: LogFiles,
  interest: Interest,
  onRead: (files: number, bytes: number) => void = () => undefined,
): Promise<ReadLogs> {
  const gathered = new Gathered();
  const notRead: NotCounted[] = [];
  const withoutEvents: NotCounted[] = [];
  const done = { files: 0, bytes: 0, read: 0 };
  const add = (outcome: FileOutcome): void => {
    done.files += 1;
    done.bytes += outcome.bytes;
    if (outcome.outcome === "read") {
      gathered.add(outcome.observed);
      done.read += 1;
    } else if (outcome.outcome === "no-events")
      withoutEvents.push({ name: outcome.name, reason: OTHER[outcome.content] });
    else notRead.push({ name: outcome.name, reason: outcome.reason });
    onRead(done.files, done.bytes);
  };
  const readers = bytes < WITHOUT_THREADS ? inThisThread(interest) : startReaders(interest, count);
  try {
    // As many as are read at once and as many again wait, so that no thread does.
    const running = new Set<Promise<void>>();
    for await (const file of files) {
      const task = readers
        .read(file)
        .then(add)
        .finally(() => running.delete(task));
      running.add(task);
      if (running.size >= 2 * readers.atOnce) await Promise.race(running);
    }
    await Promise.all(running);
  } finally {
    await readers.stop();
  }
  withoutEvents.push(...otherNames.map((name) => ({ name, reason: "not the name of a log file" })));
  notRead.push(...notDownloaded);
  return { joined: gathered.result(), filesRead: done.read, notRead, withoutEvents };
}

function inThisThread(interest: Interest): Readers {
  const wanted = wantedOf(interest);
  return { atOnce: 1, read: (file) => readLogFile(file, wanted), stop: async () => undefined };
}
