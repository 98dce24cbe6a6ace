import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

/** Whether the file exists and may be executed. */
export function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * All programs of that name on the PATH, in its order. A name with a slash is a path: the result is
 * that program, if it exists.
 */
export function findPrograms(name: string, env: NodeJS.ProcessEnv): readonly string[] {
  if (name.includes("/")) return isProgram(name) ? [path.resolve(name)] : [];
  const folders = (env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return [...new Set(folders.map((folder) => path.resolve(folder, name)))].filter(isProgram);
}
