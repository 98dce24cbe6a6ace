/**
 * Runs `work` under a lock file, which one process at a time holds, and waits without a time limit.
 * The lock of a process that has died is removed.
 * @param work is given a function that registers a child process: the lock is held until that child
 * ends, even if this process is killed first
 * @param options.onWait called once if another process holds the lock
 */
export function withLock<T>(
  file: string,
  work: (shareWith: (pid: number) => void) => Promise<T>,
  options?: { readonly onWait?: () => void },
): Promise<T>;
