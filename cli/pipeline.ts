import type { Command } from "commander";
import { type PipelineOptions, pipeline } from "../lib/circleci/pipeline";
import { readAccess } from "../lib/project/read-access";
import { print } from "../lib/terminal/output";

/** `oidc pipeline`. */
export function addPipeline(program: Command): void {
  program
    .command("pipeline")
    .description("The project's .circleci/config.yml: a job for each role, with no secret. Prints it.")
    .option("--project <key>", "whose pipeline (default: the only project)")
    .option("--write", "put its jobs into the file, and leave everything else in it as it is")
    .option("--check", "exit with 1 if the file is out of date; writes nothing")
    .option("--file <file>", "the file (default: .circleci/config.yml)")
    .action((options: PipelineOptions) => print(pipeline(readAccess(), options)));
}
