import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { ProjectError } from "../../lib/errors";
import { run } from "../../lib/process/run";

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  /** Working folder. */
  readonly cwd: string;
  /** Added to the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
}

interface TimedRun {
  /** Duration from before the start until the output has been read, in milliseconds. */
  readonly wallMs: number;
  readonly stdout: string;
}

const config = z.object({
  app: z.string().regex(/^[\w./ -]+$/, "without shell syntax, because it runs without a shell"),
});

/** The command that `cdktf synth` runs in a folder: `app` in cdktf.json. */
export function appOf(folder: string, env: Readonly<Record<string, string>>): Program {
  const { app } = config.parse(JSON.parse(readFileSync(path.join(folder, "cdktf.json"), "utf8")));
  const [command = "", ...args] = app.split(" ");
  return { command, args, cwd: folder, env };
}

/** Keeps npx from asking the registry for a newer npm or a missing package. */
const OFFLINE = { npm_config_offline: "true", npm_config_update_notifier: "false" };

/** Runs a program. @throws ProjectError `bench-run-failed` with its output */
export async function timedRun({ command, args, cwd, env }: Program): Promise<TimedRun> {
  const before = performance.now();
  const result = await run(command, args, { cwd, env: { ...process.env, ...OFFLINE, ...env } });
  const wallMs = performance.now() - before;
  if (result.exitCode === 0) return { wallMs, stdout: result.stdout };
  throw new ProjectError({
    code: "bench-run-failed",
    message: `${command} ${args.join(" ")} ended with ${result.exitCode ?? result.signal}:\n${result.stderr.trim()}`,
    found: result.stderr.trim(),
    fix: "run `npm run synth` to see whether the project works",
  });
}
