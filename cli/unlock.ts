import type { Command } from "commander";

/** `oidc unlock`. */
export function addUnlock(program: Command): void {
  program
    .command("unlock")
    .description(
      "Show who holds the lock on a stack's Terraform state, and remove it: for a lock that a killed run left.",
    )
    .argument("<stack>", "stack name, such as main-website")
    .option("--yes", "do not ask for confirmation")
    .action(async (stack: string, { yes }: { readonly yes?: true }) =>
      (await import("./run/unlock.ts")).runUnlock(stack, yes),
    );
}
