import { ProjectError } from "../../errors";

/** The project's own configuration already uses a name that a generated item needs. */
export function clash(file: string, message: string, fix: string): ProjectError {
  return new ProjectError({ code: "pipeline-clash", message: `${file}: ${message}`, fix, exitCode: 2 });
}
