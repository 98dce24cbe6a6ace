import path from "node:path";
import { ProjectError } from "../errors";
import { run } from "../process/run";
import { accessOf, projectRoot } from "../project/project-root";
import { type ProjectApp, projectApp } from "./project-app";

/**
 * Synthesizes all stacks as `cdktf synth` does, without starting cdktf. The program runs in the
 * project's folder.
 * @param output folder for the stacks
 * @param project folder of the project. Default: that of the working directory
 * @param app its program. Default: as `projectApp`
 * @throws ProjectError `synth-failed` with the output of the program and its exit code;
 * `cdktf-file` (exit 2)
 */
export async function synthesise(
  output: string,
  env: NodeJS.ProcessEnv,
  project: string = projectRoot(),
  app: ProjectApp = projectApp(project),
): Promise<void> {
  const { program, args, isShell } = app;
  const { exitCode, signal, stderr } = await run(program, args, {
    cwd: project,
    isShell,
    env: { ...env, ...accessOf(project, env), CDKTF_OUTDIR: path.resolve(output) },
  });
  if (exitCode === 0) return;
  throw new ProjectError({
    code: "synth-failed",
    message: `synth failed (${exitCode ?? signal}):\n${stderr.trim()}`,
    found: String(exitCode ?? signal),
    exitCode: exitCode === 2 ? 2 : 1,
  });
}
