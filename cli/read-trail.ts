import { parentPort, workerData } from "node:worker_threads";
import { type LogFile, readLogFile } from "../lib/usage/sources/read-file";
import type { Interest } from "../lib/usage/trail/interest";
import { wantedOf } from "../lib/usage/trail/read-record";

// A thread of `oidc usage`: reads the log files that it is sent, one after the other.
const wanted = wantedOf(workerData as Interest);
parentPort?.on("message", async (file: LogFile) => {
  parentPort?.postMessage(await readLogFile(file, wanted));
});
