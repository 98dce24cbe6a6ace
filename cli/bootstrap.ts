import type { Command } from "commander";
import type { BootstrapOptions } from "./run/bootstrap";

/** `oidc bootstrap`. */
export function addBootstrap(program: Command): void {
  program
    .command("bootstrap")
    .description(
      "Create an account's state bucket and deploy the stack that manages it. Can be repeated at any time.",
    )
    .option("--account <name>", "account name in access.yaml (default: the only one)")
    .option("--yes", "do not ask for confirmation")
    .option("--output <folder>", "folder for the synthesized stacks (default: cdktf.out)")
    .option("--verbose", "show all that cdktf and Terraform print")
    .action(async (options: BootstrapOptions) => (await import("./run/bootstrap.ts")).runBootstrap(options));
}
