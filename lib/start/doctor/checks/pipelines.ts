import { existsSync } from "node:fs";
import path from "node:path";
import { mergeConfig } from "../../../circleci/merge-config";
import { grantingProjects } from "../../../config/model/grants";
import type { Access } from "../../../config/model/model";
import { ProjectError } from "../../../errors";
import { readInput } from "../../../project/read-input";
import { type CheckResult, doubtful, good, unknown } from "./check-result";

const FILE = path.join(".circleci", "config.yml");

/**
 * Whether the pipeline in this folder is what access.yaml says of the project whose it is.
 * @param repository of this folder, such as `github.com/acme/website`; undefined: it is not known
 */
export function checkPipeline(access: Access, repository: string | undefined): readonly CheckResult[] {
  const what = "pipeline";
  const project = grantingProjects(access).find((one) => one.repository === repository);
  if (repository === undefined || project === undefined)
    return [
      unknown(
        what,
        `no project of the file is of this repository${repository === undefined ? "" : ` (${repository})`}`,
      ),
    ];
  const fix = `npm run -s oidc -- pipeline --project ${project.key} --write`;
  if (!existsSync(FILE)) return [doubtful(what, `there is no ${FILE} for ${project.key}`, fix)];
  try {
    const text = readInput(FILE);
    return mergeConfig(project, text, FILE) === text
      ? [good(what, `${FILE} is up to date with ${project.key}`)]
      : [doubtful(what, `${FILE} is not what the file says of ${project.key}`, fix)];
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    return [doubtful(what, error.message, error.fix ?? fix)];
  }
}
