import { spawn } from "node:child_process";
import { constants } from "node:os";
import { ProjectError } from "../../../lib/errors";

/**
 * How long a command gets to end after a signal, before it is killed: Terraform writes its state in
 * that time.
 */
const GRACE_MS = 20_000;

export interface InsideCommand {
  /**
   * The exit code; 128 + n when signal n ended it. Rejects with a ProjectError if it cannot be
   * started.
   */
  readonly exitCode: Promise<number>;
  /** Asks it to end, and makes it end if it does not. */
  readonly end: (signal: NodeJS.Signals) => void;
}

/**
 * Runs a command with this process's own input and output.
 * @throws ProjectError `command-not-started`
 */
export function runInside(command: string, args: readonly string[], env: NodeJS.ProcessEnv): InsideCommand {
  const child = spawn(command, [...args], { stdio: "inherit", env });
  const exitCode = new Promise<number>((resolve, reject) => {
    child.on("error", (error) => {
      reject(
        new ProjectError({
          code: "command-not-started",
          message: `cannot start "${command}": ${error.message}`,
          found: command,
          fix: "give a program and its arguments after --, as in: npm run sandbox -- -- aws s3 ls",
          exitCode: 2,
        }),
      );
    });
    child.on("exit", (code, signal) =>
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
    );
  });
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    setTimeout(() => child.kill("SIGKILL"), GRACE_MS).unref();
  };
  return { exitCode, end };
}
