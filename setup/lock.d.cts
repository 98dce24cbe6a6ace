/**
 * Does the work while no other process on this cache does work under the same lock file; waits for
 * as long as it takes. The lock of a process that died is broken.
 * @param work is given a function that names a child which does part of the work: the lock holds as
 * long as that one lives, even if this process is killed before
 * @param options.onWait called once if another process holds the lock
 */
export function withLock<T>(
  file: string,
  work: (shareWith: (pid: number) => void) => Promise<T>,
  options?: { readonly onWait?: () => void },
): Promise<T>;
