import { readAccess } from "../lib/project/read-access";
import { unlock } from "../lib/start/unlock/unlock";
import { createCommand, runCommand } from "./command";
import { startHost } from "./host";

const command = createCommand(
  "unlock",
  "Show who holds the lock on a stack's Terraform state, and remove it: for a lock that a killed run left.",
)
  .argument("<stack>", "stack name, such as main-website")
  .option("--yes", "do not ask for confirmation")
  .action(async (stack: string, { yes }: { readonly yes?: true }) => {
    if (!(await unlock(readAccess(), stack, startHost(yes)))) process.exitCode = 1;
  });

runCommand(command);
