import { ProjectError } from "../../../errors";
import { repositoryRoot } from "../../../programs/cache";
import { cdktfCommand } from "../../../terraform/cdktf";
import { CDKTF, frameworkOf } from "../../../terraform/framework";
import { projectApp } from "../../../terraform/project-app";
import { type CheckResult, good, oneLine, wrong } from "./check-result";

/**
 * What declares the stacks, and the CLI that deploys them: the package brings neither, and its
 * other commands work without them.
 * @param project its folder
 */
export function checkPackages(project: string): CheckResult {
  const { name } = frameworkOf(project) ?? frameworkOf(repositoryRoot) ?? CDKTF;
  try {
    projectApp(project);
    cdktfCommand();
    return good(name, "installed");
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error;
    return wrong(name, oneLine(error), error.fix ?? "npm install");
  }
}
