import type { Command } from "commander";
import type { PruneCall } from "./run/grants";

/** `oidc prune`. */
export function addPrune(program: Command): void {
  program
    .command("prune")
    .description("Remove entries that have ended from access.yaml, show the difference, and keep the rest.")
    .option("--at <time>", "as of a day (its start in UTC) or a time with its zone (default: now)")
    .option("--dry-run", "show the difference, and write nothing")
    .option("--json", "print the result as JSON")
    .action(async (options: PruneCall) => (await import("./run/grants.ts")).runPrune(options));
}
