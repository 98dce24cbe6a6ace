import type { ChildProcess } from "node:child_process";

/** One Ctrl-C may arrive more than once (the terminal, npm); one that comes later is meant. */
const SAME_SIGNAL_MS = 1_000;

/** Who stops programs that must not be cut off: Terraform in the middle of an apply. */
export interface Stopping {
  /** The first signal that came; undefined: go on. */
  readonly signal: () => NodeJS.Signals | undefined;
  /** Has a child told as soon as somebody wants to stop, or at once if that has happened. */
  readonly watch: (child: ChildProcess) => void;
  /** From now on signals do again what they always do. */
  readonly end: () => void;
}

/**
 * From now on SIGINT, SIGTERM and SIGHUP do not end this process. Each child is told once, by
 * SIGINT: Terraform then finishes what it is at, writes its state and releases its lock. A second
 * signal, a second later or more, is passed on as well: Terraform takes it as "stop at once".
 * @param onSignal told of the first one
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
