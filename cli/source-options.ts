import type { Command } from "commander";

/** Options that name the origin of a job's code. */
export function addSource(command: Command): Command {
  return command
    .option("--branch <name>", "the branch of the job")
    .option("--tag <name>", "the tag of the job")
    .option("--origin <repository>", "the repository of the code, such as a fork (default: the project's)")
    .option("--webhook", "a job of a custom webhook, whose tokens name no repository and no ref");
}
