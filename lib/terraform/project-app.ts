import { z } from "zod";
import { ProjectError } from "../errors";
import { repositoryRoot } from "../programs/cache";
import { ownProgram } from "../programs/own-program";
import { cdktfFile } from "../project/project-root";
import { readInput } from "../project/read-input";
import { CDKTF, frameworkOf } from "./framework";
import { requirePackages } from "./require-packages";

/** A command that synthesizes a project's stacks. */
export interface ProjectApp {
  readonly program: string;
  readonly args: readonly string[];
  /** Whether the program is a line for the shell, as cdktf runs `app`. */
  readonly isShell: boolean;
}

/**
 * The program of a project: `app` of its cdktf.json; without that file, ours, which declares
 * exactly what access.yaml says. The package does not bring what it declares them with: most
 * commands need none.
 * @param project folder of the project
 * @throws ProjectError `cdktf-file` (exit 2): cdktf.json names no program; `packages-missing`
 */
export function projectApp(project: string): ProjectApp {
  const file = cdktfFile(project);
  if (file !== undefined && project !== repositoryRoot)
    return { program: appIn(file), args: [], isShell: true };
  requirePackages("the stacks cannot be synthesized", (frameworkOf(repositoryRoot) ?? CDKTF).packages);
  const [program, ...args] = ownProgram("main.ts");
  return { program, args, isShell: false };
}

const cdktfConfig = z.object({ app: z.string().min(1) });

function appIn(file: string): string {
  try {
    return cdktfConfig.parse(JSON.parse(readInput(file))).app;
  } catch (cause) {
    if (cause instanceof ProjectError) throw cause;
    throw new ProjectError({
      code: "cdktf-file",
      message: `${file} names no program to synthesize: it needs "app", a command line`,
      found: file,
      fix: 'add it, such as "app": "node --import tsx main.ts"',
      exitCode: 2,
      cause,
    });
  }
}
