import { type Command, InvalidArgumentError } from "commander";
import type { IdsOptions } from "../lib/start/ids/ids";

/** `oidc ids`. */
export function addIds(program: Command): void {
  program
    .command("ids")
    .description(
      "Find the IDs of your CircleCI organization, project and people, with the personal API token in CIRCLE_TOKEN.",
    )
    .option(
      "--project <slug>",
      "project slug, such as gh/acme/website or circleci/ORG/PROJECT (default: from the git remote)",
    )
    .option("--person <login...>", "only these people, by login or user ID")
    .option("--pipelines <count>", "how many of the newest pipelines to search for people", readCount, 100)
    .option("--write", "add missing IDs to access.yaml and keep everything else in it")
    .option("--replace", "with --write: replace other IDs of the organization and the project")
    .option("--json", "print the result as JSON")
    .action(async (options: IdsOptions) => (await import("./run/ids.ts")).runIds(options));
}

function readCount(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Must be a whole number from 0 to 9999.");
}
