import { appendFile } from "node:fs/promises";
import { ProjectError } from "../../lib/errors";
import { run } from "../../lib/process/run";

/** The last lines of a failed step that are shown at once; the rest is in the log. */
const LINES_SHOWN = 40;

export interface StepContext {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Everything that the steps print is kept here. */
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
    message: `${command.join(" ")} ended with ${exitCode ?? signal}:\n${lines.join("\n")}`,
    found: String(exitCode ?? signal),
    fix: `all of it is in ${log}`,
  });
}
