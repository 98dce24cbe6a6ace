import type { Command } from "commander";
import { createProgress } from "../lib/programs/progress";
import { remoteOf } from "../lib/project/git";
import { readRepository } from "../lib/project/repository-address";
import { stops } from "../lib/start/doctor/checks/check-result";
import { checkForkSecrets } from "../lib/start/doctor/checks/fork-secrets";
import { doctor } from "../lib/start/doctor/doctor";
import { printDoctor } from "../lib/start/doctor/print";
import { print, printAsJson } from "../lib/terminal/output";

interface Options {
  readonly account?: string;
  readonly json?: true;
}

/** `oidc doctor`. */
export function addDoctor(program: Command): void {
  program
    .command("doctor")
    .description("Everything that must hold before a deploy, and the command that mends what does not.")
    .option("--account <name>", "the account that is meant (default: the one that the credentials are of)")
    .option("--json", "all checks, for programs")
    .action(run);
}

async function run({ account, json }: Options): Promise<void> {
  const remote = await remoteOf(process.cwd()).catch(() => undefined);
  const found = remote === undefined ? undefined : readRepository(remote);
  const results = await doctor({
    env: process.env,
    progress: createProgress(),
    ...(account === undefined ? {} : { account }),
    ...(found === undefined ? {} : { repository: `${found.site}/${found.path}` }),
    askCircleCi: (access) => checkForkSecrets(access, process.env),
  });
  if (json === true)
    printAsJson(JSON.stringify({ checks: results, stops: results.filter(stops).length }, null, 2));
  else print(printDoctor(results, process.stdout.columns));
  if (results.some(stops)) process.exitCode = 1;
}
