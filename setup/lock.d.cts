/**
 * Does the work while no other process on this cache does work under the same lock file; waits for as long as it takes.
 * The lock of a process that died is broken.
 * @param options.onWait called once if another process holds the lock
 */
export function withLock<T>(
  file: string,
  work: () => Promise<T>,
  options?: { readonly onWait?: () => void },
): Promise<T>;
