import type { Command } from "commander";
import type { ApplyOptions } from "./run/apply";

/** `oidc apply`. */
export function addApply(program: Command): void {
  program
    .command("apply")
    .description("Apply exactly the plans that `oidc review --out` kept, if the code is unchanged.")
    .requiredOption("--reviewed <folder>", "folder of the reviewed plans")
    .option("--output <folder>", "folder for the synthesized stacks (default: cdktf.out)")
    .option("--parallelism <number>", "number of stacks at once (default: number of cores)")
    .option("--json", "print the result of each stack as JSON")
    .action(async (options: ApplyOptions) => (await import("./run/apply.ts")).runApply(options));
}
