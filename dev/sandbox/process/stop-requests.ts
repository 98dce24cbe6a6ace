import { watchParent } from "./watch-parent";

/** Why the program has to stop: a signal, or the end of the process that started it. */
export type StopReason = NodeJS.Signals | "orphaned";

const SIGNALS: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Calls back when this process is asked to stop, and replaces the default of ending at once. */
export function onStopRequest(callback: (reason: StopReason) => void): void {
  for (const signal of SIGNALS) process.on(signal, () => callback(signal));
  watchParent(() => callback("orphaned"));
}

/**
 * Whether a terminal sent this signal to every process of the job. Passing it on would deliver it
 * twice.
 */
export function isFromTerminal(reason: StopReason): boolean {
  return reason === "SIGINT" && (process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY);
}
