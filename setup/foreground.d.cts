import type { ChildProcess, StdioOptions } from "node:child_process";

/**
 * Runs a program in the foreground: it has our terminal and gets each of our signals once.
 * @returns its exit code, or 128 + n if signal n ended it
 * @throws the system's error (ENOENT, EACCES) if it cannot be started
 */
export function runForeground(
  command: string,
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
    /** Default: `inherit`. With pipes, the promise settles when they are closed. */
    readonly stdio?: StdioOptions;
    /** Called with the child as soon as it runs. */
    readonly onSpawn?: (child: ChildProcess) => void;
  },
): Promise<number>;
