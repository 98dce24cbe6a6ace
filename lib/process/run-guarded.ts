import { spawnGuarded } from "../../setup/guarded.cjs";
import { follow, type RunOptions, type RunResult } from "./run";

export interface RunGuardedOptions extends Pick<RunOptions, "cwd" | "env"> {
  /** Told the id of a process that lives as long as the program does. */
  readonly onStart?: (pid: number) => void;
}

/**
 * `run` for what takes long and writes: the program ends when this process does, SIGKILL included.
 * 127: there is no such program.
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
