import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { ownProgram } from "../../programs/own-program";
import type { Interest } from "../trail/interest";
import type { FileOutcome, LogFile } from "./read-file";

/** More threads would wait for the disk. */
const MOST = 8;

/** Reads files on threads of their own. */
export interface Readers {
  /** How many files are read at once. */
  readonly atOnce: number;
  /** Reads one file; more than `atOnce` at a time wait. */
  readonly read: (file: LogFile) => Promise<FileOutcome>;
  readonly stop: () => Promise<void>;
}

interface Waiting {
  readonly file: LogFile;
  readonly resolve: (outcome: FileOutcome) => void;
  readonly reject: (error: Error) => void;
}

/** Starts a thread for each core, at most as many as there are files. */
export function startReaders(interest: Interest, files: number): Readers {
  const atOnce = Math.max(1, Math.min(availableParallelism(), MOST, files));
  const [, ...args] = ownProgram("cli/read-trail.ts");
  const program = args.at(-1) ?? "";
  const idle: Worker[] = [];
  const waiting: Waiting[] = [];
  const working = new Map<Worker, Waiting>();
  const next = (): void => {
    const worker = idle.pop();
    const task = worker === undefined ? undefined : waiting.shift();
    if (worker === undefined || task === undefined) {
      if (worker !== undefined) idle.push(worker);
      return;
    }
    working.set(worker, task);
    const { from } = task.file;
    const bytes = "bytes" in from && from.bytes.buffer instanceof ArrayBuffer ? [from.bytes.buffer] : [];
    worker.postMessage(task.file, bytes);
  };
  const workers = Array.from({ length: atOnce }, () => {
    const worker = new Worker(program, {
      workerData: interest,
      execArgv: args.slice(0, -1),
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    idle.push(worker);
    worker.on("message", (outcome: FileOutcome) => {
      working.get(worker)?.resolve(outcome);
      working.delete(worker);
      idle.push(worker);
      next();
    });
    worker.on("error", (error) => {
      working.get(worker)?.reject(error);
      for (const one of waiting.splice(0)) one.reject(error);
    });
    return worker;
  });
  return {
    atOnce,
    read: (file) =>
      new Promise((resolve, reject) => {
        waiting.push({ file, resolve, reject });
        next();
      }),
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
