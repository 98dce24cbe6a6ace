import { ProjectError } from "../../../lib/errors";

/** A config, or a part of it, that the runner cannot run as CircleCI does. */
export function notRun(why: string): ProjectError {
  return new ProjectError({
    code: "config-not-run",
    message: `the runner does not support this config: ${why}`,
    found: why,
    fix: "run this config in CircleCI",
  });
}
