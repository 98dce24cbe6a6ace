import { type Command, Option } from "commander";
import type { ReportCall } from "./run/report";

/** `oidc report`. */
export function addReport(program: Command): void {
  program
    .command("report")
    .description("Report who may do what, from where, since when and until when, for an access review.")
    .option(
      "--at <time>",
      "at a day (its start in UTC) or a time with its zone; a past one by git's history (default: now)",
    )
    .option("--events <path...>", "also when access was last used: trail logs, as in usage --events")
    .option("--lookup-events", "the same from CloudTrail's LookupEvents of an account (90 days)")
    .option("--live", "also what an account has besides the file, and where it differs; reads AWS")
    .option("--account <name>", "with --live and --lookup-events: an account of access.yaml")
    .option("--compare <ref>", "what changed since a day, a time with its zone, a branch, tag or commit")
    .option("--html <file>", "write the report as one page that can be kept")
    .addOption(new Option("--language <language>", "of the page").choices(["en", "ja"]).default("en"))
    .option("--csv <file>", "write a line for each person, role and ref; - is standard output")
    .option("--json <file>", "write the report as JSON; - is standard output")
    .action(async (options: ReportCall) => (await import("./run/report.ts")).runReport(options));
}
