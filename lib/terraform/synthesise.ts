import path from "node:path";
import { ProjectError } from "../errors";
import { run } from "../process/run";
import { repositoryRoot } from "../programs/cache";
import { ownProgram } from "../programs/own-program";

/**
 * Synthesizes all stacks as `cdktf synth` does, without starting cdktf.
 * @param output folder for the stacks
 * @param project folder whose main.ts runs, which is then the working directory. Default: this
 * project
 * @throws ProjectError `synth-failed` with the output of main.ts and its exit code
 */
export async function synthesise(output: string, env: NodeJS.ProcessEnv, project?: string): Promise<void> {
  const [program, ...args] = ownProgram("main.ts", project ?? repositoryRoot);
  const { exitCode, signal, stderr } = await run(program, args, {
    ...(project === undefined ? {} : { cwd: project }),
    env: { ...env, CDKTF_OUTDIR: path.resolve(output) },
  });
  if (exitCode === 0) return;
  throw new ProjectError({
    code: "synth-failed",
    message: `synth failed (${exitCode ?? signal}):\n${stderr.trim()}`,
    found: String(exitCode ?? signal),
    exitCode: exitCode === 2 ? 2 : 1,
  });
}
