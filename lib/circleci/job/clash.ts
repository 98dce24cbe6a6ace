import { ProjectError } from "../../errors";

/** Something of the project's own stands where ours has to. */
export function clash(file: string, message: string, fix: string): ProjectError {
  return new ProjectError({ code: "pipeline-clash", message: `${file}: ${message}`, fix, exitCode: 2 });
}
