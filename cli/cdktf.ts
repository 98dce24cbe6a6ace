import type { Command } from "commander";

/** Each is the real cdktf CLI's, with Terraform and the provider. */
const COMMANDS = [
  ["synth", "Write the Terraform configuration of all stacks; needs no credentials."],
  ["diff", "Show what a deploy would change."],
  ["deploy", "Deploy stacks: all, or those that are named."],
  ["destroy", "Destroy stacks; production and state buckets are protected."],
] as const;

/**
 * `oidc synth|diff|deploy|destroy`: all arguments are cdktf's. `--verbose` shows all that cdktf and
 * Terraform print.
 */
export function addCdktf(program: Command): void {
  for (const [name, description] of COMMANDS)
    program
      .command(name)
      .description(`${description} --help lists the options of cdktf.`)
      .usage("[STACK…] [options of cdktf]")
      .argument("[args...]")
      .helpOption(false)
      .allowUnknownOption()
      .passThroughOptions()
      .action(async (args: readonly string[]) => {
        process.exitCode = await (await import("./run/cdktf.ts")).runCdktfCommand(name, args);
      });
}
