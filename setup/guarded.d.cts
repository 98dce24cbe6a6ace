import type { ChildProcessWithoutNullStreams } from "node:child_process";

/**
 * Starts a program that ends when this process ends, however that happens, SIGKILL included: a
 * watchdog in between sees its standard input close. Whoever closes the child's standard input ends
 * it. The program itself reads nothing.
 * @returns the watchdog, which has the program's outputs and exit code; 127 if there is no such
 * program, 126 if it cannot be run
 */
export function spawnGuarded(
  command: string,
  args: readonly string[],
  options?: { readonly cwd?: string | undefined; readonly env?: NodeJS.ProcessEnv | undefined },
): ChildProcessWithoutNullStreams;
