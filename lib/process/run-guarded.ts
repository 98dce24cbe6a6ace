import { spawnGuarded } from "../../setup/guarded.cjs";
import { follow, type RunOptions, type RunResult } from "./run";

export interface RunGuardedOptions extends Pick<RunOptions, "cwd" | "env"> {
  /** Called with the ID of a process that runs as long as the program. */
  readonly onStart?: (pid: number) => void;
}

/**
 * `run` for a program that ends with this process, even on SIGKILL. Exit code 127: the program does
 * not exist.
 */
export function runGuarded(
  command: string,
  args: readonly string[],
  { onStart, ...options }: RunGuardedOptions,
): Promise<RunResult> {
  const child = spawnGuarded(command, args, options);
  if (child.pid !== undefined) onStart?.(child.pid);
  return follow(child);
}
