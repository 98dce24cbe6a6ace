import { wrongCall } from "../lib/project/unknown-name";

/** Changes the working directory. @throws ProjectError `wrong-call` (exit 2) */
export function enterFolder(folder: string): void {
  try {
    process.chdir(folder);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw wrongCall(`--root ${folder}: ${reason}`, "name an existing folder");
  }
}
