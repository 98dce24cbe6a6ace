import type { Command } from "commander";

/** What says from where a job's code comes. */
export function addSource(command: Command): Command {
  return command
    .option("--branch <name>", "the branch that the job runs on")
    .option("--tag <name>", "the tag")
    .option(
      "--origin <repository>",
      "where the code comes from, such as a fork (default: the project's repository)",
    )
    .option("--webhook", "a job of a custom webhook, whose token names no branch");
}
