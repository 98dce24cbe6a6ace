import type { Command } from "commander";
import { askForToken } from "../dev/sandbox/circleci/ask-for-token";
import { jobOfPerson, type TokenOptions } from "../dev/sandbox/circleci/job-of-person";
import { readAccess } from "../lib/project/read-access";
import { print } from "../lib/terminal/output";
import { addSource } from "./source-options";

/** `oidc token`. */
export function addToken(program: Command): void {
  const command = program
    .command("token")
    .description("A token of the local CircleCI that runs: `npm run sandbox`. Prints it and nothing else.")
    .option("--person <name>", "who started the job: a name of access.yaml, or a CircleCI user id")
    .option("--project <key>", "whose job it is");
  addSource(command)
    .option("--audience <audience>", "another audience than AWS expects")
    .option("--v1", "the older token, which names no branch either")
    .action(async (options: TokenOptions) => {
      print(await askForToken(jobOfPerson(readAccess(), options)));
    });
}
