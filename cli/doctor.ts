import type { Command } from "commander";
import type { DoctorOptions } from "./run/doctor";

/** `oidc doctor`. */
export function addDoctor(program: Command): void {
  program
    .command("doctor")
    .description("Check everything that a deploy needs, and print the command that fixes each failed check.")
    .option("--account <name>", "account name in access.yaml (default: the account of the credentials)")
    .option("--json", "print all checks as JSON")
    .action(async (options: DoctorOptions) => (await import("./run/doctor.ts")).runDoctor(options));
}
