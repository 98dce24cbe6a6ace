import type { Reporter } from "../yaml/problem";
import { reportMissing } from "./missing";
import type { Outline } from "./outline";
import { isHandWritten } from "./roles";

/**
 * A trust policy written from the file names the project and its repository. A project with
 * hand-written roles only needs neither.
 */
export function checkProjects(outline: Outline, report: Reporter): void {
  for (const project of outline.projects) {
    if (project.roles.length > 0 && project.roles.every(isHandWritten)) continue;
    reportMissing("id", "a UUID", project, report);
    reportMissing("repository", "host/owner/name, such as github.com/acme/website", project, report);
  }
}
