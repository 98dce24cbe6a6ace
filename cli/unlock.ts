import { Command } from "commander";
import { describeError, exitCodeOf } from "../lib/errors";
import { readAccess } from "../lib/project/read-access";
import { unlock } from "../lib/start/unlock/unlock";
import { confirm } from "../lib/terminal/confirm";
import { COMMANDER_OUTPUT, note, print } from "../lib/terminal/output";

const command = new Command("unlock")
  .description(
    "Show who holds the lock on a stack's state, and take it away: for a lock that a killed deploy has left.",
  )
  .argument("<stack>", "such as main-website")
  .option("--yes", "do not ask")
  .configureOutput(COMMANDER_OUTPUT)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(main);

async function main(stack: string, options: { readonly yes?: true }): Promise<void> {
  const done = await unlock(readAccess(), stack, {
    say: (line) => print(line),
    consent: async () => options.yes === true || confirm("Take this lock away?"),
  });
  if (!done) process.exitCode = 1;
}

command.parseAsync().catch((error: unknown) => {
  note(describeError(error));
  process.exitCode = exitCodeOf(error);
});
