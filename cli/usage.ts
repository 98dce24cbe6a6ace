import type { Command } from "commander";
import type { UsageCall } from "./run/usage";

/** `oidc usage`. */
export function addUsage(program: Command): void {
  program
    .command("usage")
    .description(
      "Report who assumed which role, from where, and what was called, from CloudTrail; and what was never used.",
    )
    .option(
      "--events <path...>",
      "trail logs: files, folders, s3://BUCKET/PREFIX, or a result of --athena (default: LookupEvents of the accounts)",
    )
    .option(
      "--since <date>",
      "only records from this day on (default: all of the files; 90 days of LookupEvents)",
    )
    .option("--account <name>", "with LookupEvents: only this account of access.yaml")
    .option(
      "--region <name...>",
      "with LookupEvents: further regions (default: the account's, and us-east-1)",
    )
    .option("--no-calls", "with LookupEvents: only who assumed roles, not what was called")
    .option(
      "--athena <table>",
      "print the SQL that gives the same answer in Athena, from its table of the trail",
    )
    .option("--suggest", "print the narrower access.yaml that the uses need, as a diff, after the proof")
    .option("--remove-roles", "with --suggest: also take out roles that were never used and have no bucket")
    .option("--write", "with --suggest: also write it")
    .option("--json", "print the answer as JSON")
    .action(async (options: UsageCall) => (await import("./run/usage.ts")).runUsage(options));
}
