import { type Command, Option } from "commander";
import type { InitCall } from "./run/init";

/** `oidc init`. */
export function addInit(program: Command): void {
  program
    .command("init")
    .description(
      "Create a first access.yaml from git, CircleCI and AWS, and ask for missing values; with FOLDER, a whole CDKTF project. Never overwrites a file.",
    )
    .argument("[folder]", "folder of a new CDKTF project (default: write access.yaml only)")
    .option(
      "--repository <repository>",
      "repository that deploys, as host/owner/name (default: the git remote)",
    )
    .option("--project <key>", "project name in access.yaml")
    .option("--slug <slug>", "CircleCI project slug, such as gh/acme/website (default: from the repository)")
    .option("--organization <uuid>", "CircleCI organization ID")
    .option("--project-id <uuid>", "CircleCI project ID")
    .option("--person <name>", "name of the first person in access.yaml")
    .option("--person-id <uuid>", "CircleCI user ID of that person")
    .option("--branch <name>", "branch that deploys (default: main)")
    .option("--account-id <digits>", "AWS account ID (default: the account of the credentials)")
    .option("--region <region>", "AWS region (default: AWS_REGION, or us-east-1)")
    .option("--state-bucket <name>", "bucket for Terraform state")
    .option(
      "--pipeline",
      "with FOLDER: also .circleci/config.yml, which plans and applies the project's own stacks",
    )
    .addOption(
      new Option(
        "--framework <framework>",
        "what declares the stacks of the new project (default: cdktf)",
      ).choices(["cdktf", "cdktn"]),
    )
    .option("--yes", "do not ask: use the values found")
    .action(async (folder: string | undefined, options: InitCall) =>
      (await import("./run/init.ts")).runInit(folder, options),
    );
}
