import type { Command } from "commander";
import type { UpgradeOptions } from "./run/upgrade";

/** `oidc upgrade`. */
export function addUpgrade(program: Command): void {
  program
    .command("upgrade")
    .description(
      "Show what a newer version of this package changes in the synthesized stacks, access first. Installs and deploys nothing.",
    )
    .option(
      "--to <version>",
      "version, tag of npm, or path of a tarball (default: latest, if npm's registry has the installed version)",
    )
    .option(
      "--fail-on <gates>",
      "exit with 1 for these changes, as in review: broader,unknown,not-examined,destroy,replace,…",
    )
    .option("--json", "print the review as JSON")
    .action(async (options: UpgradeOptions) => (await import("./run/upgrade.ts")).runUpgrade(options));
}
