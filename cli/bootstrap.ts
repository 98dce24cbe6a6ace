import { Command } from "commander";
import { describeError, exitCodeOf, ProjectError } from "../lib/errors";
import { pickAccount } from "../lib/project/pick-account";
import { readAccess } from "../lib/project/read-access";
import { bootstrap } from "../lib/start/bootstrap/bootstrap";
import { confirm } from "../lib/terminal/confirm";
import { COMMANDER_OUTPUT, note, print } from "../lib/terminal/output";
import { runCdktf } from "../lib/terraform/cdktf";
import { prepareTools } from "../lib/terraform/prepare";

interface Options {
  readonly account?: string;
  readonly yes?: true;
  readonly output?: string;
}

const command = new Command("bootstrap")
  .description(
    "Create an account's state bucket, then put it under its own stack. Can be run again at any time.",
  )
  .option("--account <name>", "the account's name in access.yaml; may be left out if there is only one")
  .option("--yes", "do not ask")
  .option("--output <folder>", "where cdktf writes, instead of cdktf.out")
  .configureOutput(COMMANDER_OUTPUT)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(main);

async function main(options: Options): Promise<void> {
  const account = pickAccount(readAccess(), options.account);
  const { environment } = await prepareTools(["terraform", "provider"]);
  const done = await bootstrap(account, {
    say: (line) => print(line),
    consent: async () => options.yes === true || confirm("Go on?"),
    deploy: (stack) => deploy(stack, options, environment),
  });
  if (!done) {
    print("Nothing was changed.");
    process.exitCode = 1;
  }
}

async function deploy(
  stack: string,
  { output }: Options,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const where = output === undefined ? [] : ["--output", output];
  const exitCode = await runCdktf("deploy", [stack, "--auto-approve", ...where], environment);
  if (exitCode === 0) return;
  throw new ProjectError({
    code: "state-stack-not-deployed",
    message: `the bucket is there and protected, but stack ${stack} was not deployed (cdktf ended with ${exitCode})`,
    found: String(exitCode),
    fix: `mend what Terraform says above and run this again; if it is a lock that a killed run left: npm run unlock -- ${stack}`,
  });
}

command.parseAsync().catch((error: unknown) => {
  note(describeError(error));
  process.exitCode = exitCodeOf(error);
});
