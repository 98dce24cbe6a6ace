import { type Command, Option } from "commander";
import type { ExplainCall } from "./run/explain";
import { addSource } from "./source-options";

/** `oidc explain`. */
export function addExplain(program: Command): void {
  const command = program
    .command("explain")
    .description("Explain who may assume which role, and why.")
    .option("--person <name>", "a name of access.yaml, or a CircleCI user id")
    .option("--project <key>", "the job's project (default: the role's)")
    .option("--role <name>", "one role: its key, its name in IAM, or project/key");
  addSource(command)
    .option(
      "--token <file>",
      "a JWT or its claims as JSON; - reads standard input. The signature is not checked",
    )
    .option(
      "--policy <file>",
      "a trust policy, or the JSON of `aws iam get-role`, instead of the file's roles",
    )
    .option("--issuer <host>", "the CircleCI Server that issues the tokens, for --policy")
    .option("--at <time>", "at a day (its start in UTC) or a time with its zone (default: now)")
    .option("--can", "what roles may do, by risk class; with --policy, those of an account")
    .option("--who-can <action>", "who may perform this action, and through which roles")
    .option("--on <arn>", "with --who-can: a resource, or a pattern (default: any resource)")
    .option("--json", "print the answers as JSON")
    .addOption(
      new Option("--expect <answer>", "exit with 1 if any answer differs").choices(["allow", "deny"]),
    )
    .action(async (options: ExplainCall) => (await import("./run/explain.ts")).runExplain(options));
}
