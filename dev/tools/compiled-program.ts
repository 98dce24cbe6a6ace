import path from "node:path";
import { repositoryRoot } from "../../lib/programs/cache";
import { ownProgram } from "../../lib/programs/own-program";

/**
 * The command line that runs a command of this project (`cli/oidc.ts`) or `main.ts`: the JavaScript
 * that compile-commands.ts has made of it, or its source with tsx where nothing was compiled. Other
 * files, and other copies of this project, run from source.
 */
export function compiledProgram(file: string, root: string = repositoryRoot): readonly [string, ...string[]] {
  const compiled = process.env.COMPILED_COMMANDS;
  const isCommand = /^(cli\/[a-z-]+|main)\.ts$/.test(file);
  if (compiled === undefined || !isCommand || root !== repositoryRoot) return ownProgram(file, root);
  return [process.execPath, path.join(compiled, file.replace(/\.ts$/, ".js"))];
}
