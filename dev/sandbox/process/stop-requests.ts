import { watchParent } from "./watch-parent";

/** Why everything has to come down: a signal to this process, or the end of what started it. */
export type StopReason = NodeJS.Signals | "orphaned";

const SIGNALS: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Calls back whenever somebody asks this process to end, instead of letting it end by itself. */
export function onStopRequest(callback: (reason: StopReason) => void): void {
  for (const signal of SIGNALS) process.on(signal, () => callback(signal));
  watchParent(() => callback("orphaned"));
}

/**
 * True when a terminal has sent this signal to every program of the job, so that passing it on
 * would deliver it twice.
 */
export function isFromTerminal(reason: StopReason): boolean {
  return reason === "SIGINT" && (process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY);
}
