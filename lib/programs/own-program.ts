import path from "node:path";
import { pathToFileURL } from "node:url";
import { repositoryRoot } from "./cache";

/**
 * The command line that runs a TypeScript file of this project.
 * @param file from the repository's root, such as `cli/demo.ts`
 * @param root another copy of this project
 */
export function ownProgram(file: string, root: string = repositoryRoot): readonly [string, ...string[]] {
  const tsx = pathToFileURL(require.resolve("tsx")).href;
  return [process.execPath, "--import", tsx, path.join(root, file)];
}
