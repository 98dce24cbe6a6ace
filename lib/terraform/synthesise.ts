import path from "node:path";
import { ProjectError } from "../errors";
import { run } from "../process/run";
import { repositoryRoot } from "../programs/cache";
import { ownProgram } from "../programs/own-program";

/**
 * Writes every stack anew, as `cdktf synth` does, without cdktf's own start.
 * @param output the folder that is written
 * @param project whose main.ts does it: this one, or the same at another commit; then it is also
 * the working directory
 * @throws ProjectError `synth-failed` with what main.ts said, and its exit code
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
    message: `the stacks cannot be written (${exitCode ?? signal}):\n${stderr.trim()}`,
    found: String(exitCode ?? signal),
    exitCode: exitCode === 2 ? 2 : 1,
  });
}
