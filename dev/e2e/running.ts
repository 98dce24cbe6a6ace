import { type ChildProcess, spawn } from "node:child_process";
import { descendants, type Ended, untilEnd } from "../tools/sandbox-support";
import type { Gate } from "./gate";

/** A running command. */
export interface Running {
  readonly ended: Promise<Ended>;
  /**
   * Sends SIGKILL to the command and all its descendants, Terraform and its provider included, so
   * that none can clean up.
   */
  readonly kill: () => Promise<Ended>;
}

/** @param command the program and its arguments */
export function startCommand(
  [program, ...args]: readonly [string, ...string[]],
  settings: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Running {
  const child = spawn(program, args, { ...settings, stdio: ["ignore", "pipe", "pipe"] });
  const ended = untilEnd(child);
  const kill = () => {
    killTree(child);
    return ended;
  };
  return { ended, kill };
}

/**
 * Resolves when the gate holds a call of this command. Fails with the command's output if it ends
 * without one.
 */
export async function untilHeld({ held }: Pick<Gate, "held">, { ended }: Running): Promise<void> {
  const first = await Promise.race([held, ended]);
  if ("exitCode" in first) throw new Error(`nothing was held:\n${first.stdout}${first.stderr}`);
}

/** SIGKILL to a process and all its descendants. */
export function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  for (const pid of [child.pid, ...descendants(child.pid).map((process) => process.pid)]) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has already ended.
    }
  }
}
