import type { ChildProcess } from "node:child_process";

/**
 * One Ctrl-C may arrive several times (from the terminal and from npm); a later one is a new one.
 */
const SAME_SIGNAL_MS = 1_000;

/** Stops programs that must not be killed: Terraform in the middle of an apply. */
export interface Stopping {
  /** The first signal received; undefined: none yet. */
  readonly signal: () => NodeJS.Signals | undefined;
  /** Interrupts a child on a signal, or at once if one was received. */
  readonly watch: (child: ChildProcess) => void;
  /** Restores the default handling of signals. */
  readonly end: () => void;
}

/**
 * From now on SIGINT, SIGTERM and SIGHUP do not end this process. Each child gets one SIGINT:
 * Terraform finishes its current operations, writes its state and releases its lock. A second
 * signal, at least a second later, is passed on too: Terraform then stops immediately.
 * @param onSignal called for the first one
 */
export function stopOnce(onSignal: () => void): Stopping {
  const running = new Set<ChildProcess>();
  let first: { readonly signal: NodeJS.Signals; last: number } | undefined;
  const listener = (signal: NodeJS.Signals): void => {
    const now = Date.now();
    if (first !== undefined && now - first.last < SAME_SIGNAL_MS) return;
    if (first === undefined) onSignal();
    first = { signal: first?.signal ?? signal, last: now };
    for (const child of running) child.kill("SIGINT");
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, listener);
  return {
    signal: () => first?.signal,
    watch: (child) => {
      running.add(child);
      child.on("close", () => running.delete(child));
      if (first !== undefined) child.kill("SIGINT");
    },
    end: () => {
      for (const signal of signals) process.off(signal, listener);
    },
  };
}
