import { pickAccount } from "../lib/project/pick-account";
import { readAccess } from "../lib/project/read-access";
import { bootstrap } from "../lib/start/bootstrap/bootstrap";
import { print } from "../lib/terminal/output";
import { runCdktf } from "../lib/terraform/cdktf";
import { prepareTools } from "../lib/terraform/prepare";
import { createCommand, runCommand } from "./command";
import { startHost } from "./host";

interface Options {
  readonly account?: string;
  readonly yes?: true;
  readonly output?: string;
}

const command = createCommand(
  "bootstrap",
  "Create an account's state bucket and deploy the stack that manages it. Can be repeated at any time.",
)
  .option("--account <name>", "account name in access.yaml (default: the only one)")
  .option("--yes", "do not ask for confirmation")
  .option("--output <folder>", "folder for the synthesized stacks (default: cdktf.out)")
  .action(main);

async function main({ account: key, yes, output }: Options): Promise<void> {
  const account = pickAccount(readAccess(), key);
  const { environment } = await prepareTools(["terraform", "provider"]);
  const where = output === undefined ? [] : ["--output", output];
  const isDone = await bootstrap(account, {
    ...startHost(yes),
    deploy: (stack) => runCdktf("deploy", [stack, "--auto-approve", ...where], environment),
  });
  if (isDone) return;
  print("Nothing was changed.");
  process.exitCode = 1;
}

runCommand(command);
