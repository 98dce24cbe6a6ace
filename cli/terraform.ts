import type { Command } from "commander";
import { docsPage } from "../lib/command-name";
import type { TerraformOptions } from "./run/terraform";

/** `oidc terraform`. */
export function addTerraform(program: Command): void {
  program
    .command("terraform")
    .description(
      `Run this project's Terraform in the folder of a stack, for the repairs in ${docsPage("docs/operations.md")}.`,
    )
    .usage("[options] STACK COMMAND…")
    .argument("<stack>", "stack name, such as main-website")
    .argument("<command...>", "Terraform's command and arguments, such as: state list")
    .option(
      "--output <folder>",
      "folder of the synthesized stacks; must come before the stack (default: cdktf.out)",
    )
    .passThroughOptions()
    .action(async (stack: string, args: readonly string[], options: TerraformOptions) =>
      (await import("./run/terraform.ts")).runTerraform(stack, args, options),
    );
}
