import { existsSync } from "node:fs";
import path from "node:path";
import { mergeConfig } from "../../../circleci/merge-config";
import { oidc } from "../../../command-name";
import { grantingProjects } from "../../../config/model/grants";
import type { Access } from "../../../config/model/model";
import { ProjectError } from "../../../errors";
import { readInput } from "../../../project/read-input";
import { type CheckResult, good, unknown, warning } from "./check-result";

const FILE = path.join(".circleci", "config.yml");

/**
 * Whether the CircleCI configuration in this folder matches access.yaml.
 * @param repository of this folder, such as `github.com/acme/website`; undefined: unknown
 */
export function checkPipeline(access: Access, repository: string | undefined): readonly CheckResult[] {
  const what = "pipeline";
  const project = grantingProjects(access).find((one) => one.repository === repository);
  if (repository === undefined || project === undefined)
    return [
      unknown(
        what,
        repository === undefined
          ? "this folder has no git remote that names a repository"
          : `no project in access.yaml has the repository ${repository}`,
      ),
    ];
  const fix = `${oidc("pipeline")} --project ${project.key} --write`;
  if (!existsSync(FILE))
    return [warning(what, `${FILE} does not exist: ${project.key} has no pipeline yet`, fix)];
  try {
    const text = readInput(FILE);
    return mergeConfig(project, text, FILE) === text
      ? [good(what, `${FILE} matches ${project.key} in access.yaml`)]
      : [warning(what, `${FILE} does not match ${project.key} in access.yaml`, fix)];
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    return [warning(what, error.message, error.fix ?? fix)];
  }
}
