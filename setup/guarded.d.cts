import type { ChildProcessWithoutNullStreams } from "node:child_process";

/**
 * Starts a program that ends when this process ends, SIGKILL included: a watchdog process between
 * the two notices that its standard input closes. Closing the child's standard input ends the
 * program. The program's own standard input is empty.
 * @returns the watchdog, with the program's output and exit code; 127 if the program does not
 * exist, 126 if it cannot be executed
 */
export function spawnGuarded(
  command: string,
  args: readonly string[],
  options?: { readonly cwd?: string | undefined; readonly env?: NodeJS.ProcessEnv | undefined },
): ChildProcessWithoutNullStreams;
