import type { Command } from "commander";
import { createProgress } from "../lib/programs/progress";
import { stops } from "../lib/start/doctor/checks/check-result";
import { doctor } from "../lib/start/doctor/doctor";
import { printDoctor } from "../lib/start/doctor/print";
import { print, printAsJson } from "../lib/terminal/output";
import { startHost } from "./host";

interface Options {
  readonly account?: string;
  readonly json?: true;
}

/** `oidc doctor`. */
export function addDoctor(program: Command): void {
  program
    .command("doctor")
    .description("Check everything that a deploy needs, and print the command that fixes each failed check.")
    .option("--account <name>", "account name in access.yaml (default: the account of the credentials)")
    .option("--json", "print all checks as JSON")
    .action(run);
}

async function run({ account, json }: Options): Promise<void> {
  const results = await doctor(account, { ...startHost(), progress: createProgress() });
  const blocking = results.filter(stops).length;
  if (json === true) printAsJson(JSON.stringify({ checks: results, stops: blocking }, null, 2));
  else print(printDoctor(results, process.stdout.columns));
  if (blocking > 0) process.exitCode = 1;
}
