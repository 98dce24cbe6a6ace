import path from "node:path";
import { pickAccount } from "../lib/project/pick-account";
import { outputFolder, projectRoot } from "../lib/project/project-root";
import { readAccess } from "../lib/project/read-access";
import { bootstrap } from "../lib/start/bootstrap/bootstrap";
import { deployStacks } from "../lib/start/deploy/deploy";
import { print } from "../lib/terminal/output";
import { prepareTools } from "../lib/terraform/prepare";
import { createCommand, runCommand } from "./command";
import { deployHost, startHost } from "./host";

interface Options {
  readonly account?: string;
  readonly yes?: true;
  readonly output?: string;
  readonly verbose?: true;
}

const command = createCommand(
  "bootstrap",
  "Create an account's state bucket and deploy the stack that manages it. Can be repeated at any time.",
)
  .option("--account <name>", "account name in access.yaml (default: the only one)")
  .option("--yes", "do not ask for confirmation")
  .option("--output <folder>", "folder for the synthesized stacks (default: cdktf.out)")
  .option("--verbose", "show all that cdktf and Terraform print")
  .action(main);

async function main({ account: key, yes, output = outputFolder(), verbose }: Options): Promise<void> {
  const access = readAccess();
  const account = pickAccount(access, key);
  let environment: Readonly<Record<string, string>> = {};
  const isDone = await bootstrap(account, {
    ...startHost(yes),
    prepare: async () => {
      ({ environment } = await prepareTools(["terraform", "provider"]));
    },
    deploy: (stack) =>
      deployStacks(
        {
          access,
          environment,
          command: "deploy",
          isQuiet: verbose !== true,
          args: [stack, "--auto-approve", "--output", path.relative(projectRoot(), output)],
        },
        deployHost(output),
      ),
  });
  if (isDone) return;
  print("Nothing was changed.");
  process.exitCode = 1;
}

runCommand(command);
