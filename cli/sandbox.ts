import type { Command } from "commander";
import type { SandboxCall } from "./run/sandbox";

/** `oidc sandbox`. */
export function addSandbox(program: Command): void {
  program
    .command("sandbox")
    .description(
      "Start a local CircleCI and AWS on the loopback interface, and run COMMAND inside. Without COMMAND, run until Ctrl-C.",
    )
    .argument("[COMMAND...]", "a program and its arguments")
    .option("--account <name>", "be this account of access.yaml (default: account 123456789012)")
    .option(
      "--at <time>",
      "begin with the clock at a day (its start in UTC) or a time with its zone (default: now)",
    )
    .option("--json", "print the endpoint, account and environment variables as one line of JSON")
    .option("--verbose", "print the log of moto to standard error")
    .option(
      "--log <file>",
      "append every decision on a token, a session or an anonymous caller to a file, as one line of JSON",
    )
    .option("--trail <folder>", "record the same decisions as CloudTrail would, for usage --events FOLDER")
    .passThroughOptions()
    .action(async (command: readonly string[], options: SandboxCall) =>
      (await import("./run/sandbox.ts")).runSandbox(command, options),
    );
}
