import type { Command } from "commander";
import { WATCH_FAIL_ON } from "../lib/watch/model/gate";
import type { WatchCall } from "./run/watch";

/** `oidc watch`. */
export function addWatch(program: Command): void {
  program
    .command("watch")
    .description(
      "For a schedule: drift of trust and permissions, assumptions without a grant, grants that have ended, new findings.",
    )
    .option("--once", "examine the account once; a schedule runs it again")
    .option("--account <name>", "the account of access.yaml (default: the only one)")
    .option(
      "--fail-on <what>",
      `exit with 1 if the run has any of these, comma-separated: ${WATCH_FAIL_ON.join(", ")}`,
    )
    .option("--accept <ids...>", "accept what the report shows, by its ids")
    .option(
      "--accept-file <file>",
      "accept what a file lists, one a line: ID until 2027-03-31 because REASON",
    )
    .option(
      "--events <path...>",
      "trail logs: files, folders, or s3://BUCKET/PREFIX (default: LookupEvents of the account)",
    )
    .option(
      "--state <place>",
      "the record of the last run: a file, or s3://BUCKET/KEY (default: watch.json in the account's state bucket)",
    )
    .option("--always", "send a message to OIDC_WATCH_WEBHOOK although nothing is new")
    .option("--json", "print the report as JSON")
    .action(async (options: WatchCall) => (await import("./run/watch.ts")).runWatch(options));
}
