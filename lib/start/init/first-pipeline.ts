import { realpathSync } from "node:fs";
import path from "node:path";
import { writeConfig } from "../../circleci/write-config";
import { accessFromText } from "../../config/load";
import { ProjectError } from "../../errors";
import { topIfAny } from "../../project/git";
import { onlyProject } from "../../project/pick-project";
import { ROLE_CHECKS } from "../../project/read-access";
import { wrongCall } from "../../project/unknown-name";
import type { ProjectFile } from "./project-files";

/** The `.circleci/config.yml` of a new project whose access.yaml has this text. */
export function firstPipeline(access: string): ProjectFile {
  const project = onlyProject(accessFromText(access, "access.yaml", ROLE_CHECKS));
  return { file: path.join(".circleci", "config.yml"), text: writeConfig(project) };
}

/**
 * A new project that has a pipeline is a repository of its own, or will become one: CircleCI reads
 * `.circleci/config.yml` at the top of a repository only
 * (https://circleci.com/docs/guides/getting-started/introduction-to-yaml-configurations/).
 * @param folder the working directory
 * @param project the new project's folder
 * @throws ProjectError `wrong-call`, `pipeline-not-at-top` (exit 2)
 */
export async function requirePipelineFolder(folder: string, project: string | undefined): Promise<void> {
  if (project === undefined)
    throw wrongCall("--pipeline requires the folder of a new project", "write: init FOLDER --pipeline");
  const top = await topIfAny(folder);
  const target = path.resolve(realpathSync(folder), project);
  if (top === undefined || top === target || !target.startsWith(`${top}${path.sep}`)) return;
  throw new ProjectError({
    code: "pipeline-not-at-top",
    message: `${project} is not the top of its git repository, where CircleCI reads .circleci/config.yml`,
    found: target,
    fix: `make the project in ${top}, or outside of that repository; or leave out --pipeline`,
    exitCode: 2,
  });
}
