import path from "node:path";
import { pathToFileURL } from "node:url";
import { repositoryRoot } from "./cache";

/**
 * The command line that runs a program of this project: `cli/demo.ts`, `main.ts`. Compiled code
 * starts compiled code (setup/bundle.cjs sets the folder), and so do tests. Other files, and other
 * copies of this project, run from source.
 * @param file from the repository's root
 * @param root another copy of this project
 */
export function ownProgram(file: string, root: string = repositoryRoot): readonly [string, ...string[]] {
  const compiled = process.env.COMPILED_COMMANDS;
  const isCommand = /^(cli\/[a-z-]+|main)\.ts$/.test(file);
  if (compiled !== undefined && isCommand && root === repositoryRoot)
    return [process.execPath, path.join(compiled, `${path.basename(file, ".ts")}.mjs`)];
  const tsx = pathToFileURL(require.resolve("tsx")).href;
  return [process.execPath, "--import", tsx, path.join(root, file)];
}
