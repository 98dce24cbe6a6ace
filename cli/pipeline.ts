import type { Command } from "commander";
import type { PipelineOptions } from "../lib/circleci/pipeline";

/** `oidc pipeline`. */
export function addPipeline(program: Command): void {
  program
    .command("pipeline")
    .description(
      "Generate a project's .circleci/config.yml, a job for each role, without secrets, and print it.",
    )
    .option("--project <key>", "project name in access.yaml (default: the only one)")
    .option("--write", "write its jobs to the file and keep everything else in it")
    .option("--check", "exit with 1 if the file is out of date; write nothing")
    .option("--file <file>", "path of the file (default: .circleci/config.yml)")
    .action(async (options: PipelineOptions) => (await import("./run/pipeline.ts")).runPipeline(options));
}
