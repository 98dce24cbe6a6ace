import { appendFile } from "node:fs/promises";
import { ProjectError } from "../../lib/errors";
import { run } from "../../lib/process/run";

/** The last lines of a failed step, which are shown; all of them are in the log. */
const LINES_SHOWN = 40;

export interface StepContext {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** A file for the output of all steps. */
  readonly log: string;
}

/**
 * Runs one command of the demo.
 * @returns what it printed on standard output
 * @throws ProjectError `demo-step-failed` with the end of what it printed
 */
export async function runStep(
  command: readonly [string, ...string[]],
  { cwd, env, log }: StepContext,
): Promise<string> {
  const [program, ...args] = command;
  const { exitCode, signal, stdout, stderr } = await run(program, args, { cwd, env });
  await appendFile(log, `$ ${command.join(" ")}\n${stdout}${stderr}\n`);
  if (exitCode === 0) return stdout;
  const lines = `${stdout}\n${stderr}`.trimEnd().split("\n").slice(-LINES_SHOWN);
  throw new ProjectError({
    code: "demo-step-failed",
    message: `${command.join(" ")} failed (${exitCode ?? signal}):\n${lines.join("\n")}`,
    found: String(exitCode ?? signal),
    fix: `see the whole output in ${log}`,
  });
}
