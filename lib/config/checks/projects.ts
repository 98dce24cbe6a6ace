import type { Reporter } from "../yaml/problem";
import { reportMissing } from "./missing";
import type { Outline } from "./outline";
import { isHandWritten } from "./roles";

/**
 * A trust policy that is written from the file names project and repository; a hand-written one may
 * be of no one project.
 */
export function checkProjects(outline: Outline, report: Reporter): void {
  for (const project of outline.projects) {
    if (project.roles.length > 0 && project.roles.every(isHandWritten)) continue;
    reportMissing("id", "a UUID", project, report);
    reportMissing("repository", "host/owner/name, such as github.com/acme/website", project, report);
  }
}
