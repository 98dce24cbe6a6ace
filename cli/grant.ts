import type { Command } from "commander";
import type { GrantCall } from "./run/grants";

/** `oidc grant`. */
export function addGrant(program: Command): void {
  program
    .command("grant")
    .description("Write an entry with an end into access.yaml, ready for a pull request.")
    .argument("<person>", "a name from `people` or `groups`")
    .argument("<role>", "one role: project/key, its key, or its name in IAM")
    .option("--for <duration>", "from now, or from --from: minutes, hours or days, such as 90m, 2h or 3d")
    .option("--until <time>", "the end: a day (all of it, in UTC) or a time with its zone")
    .option("--from <time>", "the start: a day or a time with its zone (default: with the next deploy)")
    .option("--reason <text>", "why, such as the number of an incident; kept in the entry")
    .option("--dry-run", "show the difference, and write nothing")
    .option("--json", "print the result as JSON")
    .action(async (person: string, role: string, options: GrantCall) =>
      (await import("./run/grants.ts")).runGrant(person, role, options),
    );
}
