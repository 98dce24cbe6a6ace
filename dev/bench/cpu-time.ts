import { ProjectError } from "../../lib/errors";
import { run } from "../../lib/process/run";
import type { Program } from "./timed-run";

/** Of a command with its children, user and system, in seconds, as its last line. */
const TIMED = `TIMEFORMAT='%U %S'; time "$@" >/dev/null 2>&1`;

/**
 * The CPU time of a program and of every process that it starts, in milliseconds: a busy machine
 * changes it less than the time that passes.
 * @param exitCode that it is expected to end with
 * @throws ProjectError `bench-run-failed`
 */
export async function cpuTimeOf({ command, args, cwd, env }: Program, exitCode = 0): Promise<number> {
  const ended = await run("bash", ["-c", TIMED, "bash", command, ...args], {
    cwd,
    env: { ...process.env, ...env, LC_ALL: "C" },
  });
  const [, user, system] = /([\d.]+) ([\d.]+)\s*$/.exec(ended.stderr) ?? [];
  if (ended.exitCode === exitCode && user !== undefined) return (Number(user) + Number(system)) * 1_000;
  throw new ProjectError({
    code: "bench-run-failed",
    message: `${command} ${args.join(" ")} ended with ${ended.exitCode ?? ended.signal}, and not with ${exitCode}`,
    found: ended.stderr.trim(),
    fix: "run it by hand",
  });
}
