import { type Command, InvalidArgumentError } from "commander";
import { type IdsOptions, ids } from "../lib/start/ids/ids";
import { note, print, printAsJson } from "../lib/terminal/output";

/** `oidc ids`. */
export function addIds(program: Command): void {
  program
    .command("ids")
    .description(
      "The ids of your CircleCI organization, project and people, which access.yaml is made of. Asks CircleCI with CIRCLE_TOKEN.",
    )
    .option("--project <slug>", "such as gh/acme/website or circleci/ORG/PROJECT (default: the git remote's)")
    .option("--person <login...>", "these people alone")
    .option("--pipelines <count>", "how many of the newest pipelines to look for people in", readCount, 100)
    .option("--write", "add what access.yaml lacks, and leave everything else in it as it is")
    .option("--replace", "with --write: other ids of the organization and the project are replaced")
    .option("--json", "everything, for programs")
    .action(async (options: IdsOptions) => {
      const found = await ids(options, { env: process.env, folder: process.cwd(), note });
      if (options.json === true) printAsJson(found);
      else print(found);
    });
}

function readCount(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("a whole number, 0 to 9999.");
}
