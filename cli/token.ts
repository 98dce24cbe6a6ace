import type { Command } from "commander";
import type { TokenOptions } from "../dev/sandbox/circleci/job-of-person";
import { oidc } from "../lib/command-name";
import { addSource } from "./source-options";

/** `oidc token`. */
export function addToken(program: Command): void {
  const command = program
    .command("token")
    .description(`Print a token of the local CircleCI (\`${oidc("sandbox")}\`) and nothing else.`)
    .option("--person <name>", "who started the job: a name in access.yaml or a CircleCI user ID")
    .option("--project <key>", "project of the job");
  addSource(command)
    .option("--audience <audience>", "audience of the token, if not the one that AWS expects")
    .option("--v1", "a V1 token, which has no branch or tag")
    .action(async (options: TokenOptions) => (await import("./run/token.ts")).runToken(options));
}
