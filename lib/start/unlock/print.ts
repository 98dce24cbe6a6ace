import type { StateLock } from "../state/state-lock";

/** The lock on a stack, and what to consider before it is removed. */
export function printLock(stack: string, lock: StateLock | undefined): string {
  if (lock === undefined) return `${stack} is not locked.`;
  const { who, created, operation, id } = lock;
  return [
    `${stack} is locked by ${who} since ${created} (${operation}, lock ${id}).`,
    "If that process is still running, let it finish: two runs at once can corrupt the state.",
  ].join("\n");
}

export function printUnlocked(stack: string): string {
  return `${stack} is unlocked.`;
}
