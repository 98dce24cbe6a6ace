import { type Command, Option } from "commander";
import type { AuditOptions } from "./run/audit";

/** `oidc audit`. */
export function addAudit(program: Command): void {
  program
    .command("audit")
    .description("Find trust policies that allow more than intended, or no token at all.")
    .option(
      "--policy <file...>",
      "policies, JSON of aws iam, plans, states, templates, or folders; - reads standard input",
    )
    .option("--issuer <host...>", "hosts of CircleCI Server, whose tokens count as CircleCI's; for --policy")
    .option("--json", "print the findings as JSON")
    .option("--accept-file <file>", "accepted findings, one a line: ID until 2027-03-31 because REASON")
    .option("--sarif <file>", "also write the findings as SARIF, for code scanning")
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 on a finding of this severity or worse").choices([
        "high",
        "medium",
        "low",
      ]),
    )
    .action(async (options: AuditOptions) => (await import("./run/audit.ts")).runAudit(options));
}
