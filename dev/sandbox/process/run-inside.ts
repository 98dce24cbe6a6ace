import { spawn } from "node:child_process";
import { constants } from "node:os";
import { oidc } from "../../../lib/command-name";
import { ProjectError } from "../../../lib/errors";

/**
 * How long a command has after a signal before it is killed. Terraform needs the time to write its
 * state.
 */
const GRACE_MS = 20_000;

interface InsideCommand {
  /**
   * The exit code, or 128 + n if signal n ended the command. Rejects with a ProjectError if the
   * command cannot be started.
   */
  readonly exitCode: Promise<number>;
  /** Sends the signal, and SIGKILL if the command does not end. */
  readonly end: (signal: NodeJS.Signals) => void;
}

/**
 * Runs a command with this process's standard input and output.
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
          fix: `give a program and its arguments, for example: ${oidc("sandbox", "aws s3 ls")}`,
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
