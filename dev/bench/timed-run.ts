import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { ProjectError } from "../../lib/errors";
import { run } from "../../lib/process/run";

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  /** The folder to run in. */
  readonly cwd: string;
  /** Added to this process's environment. */
  readonly env: Readonly<Record<string, string>>;
}

export interface TimedRun {
  /** From before it is started to after it has ended and its output is read, in milliseconds. */
  readonly wallMs: number;
  readonly stdout: string;
}

const config = z.object({
  app: z.string().regex(/^[\w./ -]+$/, "plain words, since it is run without a shell"),
});

/** The program that `cdktf synth` would run in a folder: `app` of its cdktf.json. */
export function appOf(folder: string, env: Readonly<Record<string, string>>): Program {
  const { app } = config.parse(JSON.parse(readFileSync(path.join(folder, "cdktf.json"), "utf8")));
  const [command = "", ...args] = app.split(" ");
  return { command, args, cwd: folder, env };
}

/**
 * What npx would otherwise do by the way: ask the registry for a newer npm, or for a package that
 * is not installed.
 */
const OFFLINE = { npm_config_offline: "true", npm_config_update_notifier: "false" };

/** Runs a program to its end. @throws ProjectError `bench-run-failed` with what it printed */
export async function timedRun({ command, args, cwd, env }: Program): Promise<TimedRun> {
  const before = performance.now();
  const result = await run(command, args, { cwd, env: { ...process.env, ...OFFLINE, ...env } });
  const wallMs = performance.now() - before;
  if (result.exitCode === 0) return { wallMs, stdout: result.stdout };
  throw new ProjectError({
    code: "bench-run-failed",
    message: `${command} ${args.join(" ")} ended with ${result.exitCode ?? result.signal}:\n${result.stderr.trim()}`,
    found: result.stderr.trim(),
    fix: "run `npm run synth` to see whether the project itself is sound",
  });
}
