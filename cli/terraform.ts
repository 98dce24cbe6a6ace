import { Command } from "commander";
import { describeError, exitCodeOf } from "../lib/errors";
import { accountOfStack } from "../lib/project/pick-stack";
import { readAccess } from "../lib/project/read-access";
import { COMMANDER_OUTPUT, note } from "../lib/terminal/output";
import { terraformInStack } from "../lib/terraform/in-stack";
import { prepareTools } from "../lib/terraform/prepare";

const command = new Command("terraform")
  .description(
    "The Terraform that this project uses, in the stack's folder, for the repairs that docs/operations.md tells.",
  )
  .argument("<stack>", "such as main-website")
  .argument("<command...>", "what Terraform is asked, such as: state list")
  .option(
    "--output <folder>",
    "where cdktf has written the stacks; stands before the stack",
    process.env.CDKTF_OUTDIR || "cdktf.out",
  )
  .passThroughOptions()
  .configureOutput(COMMANDER_OUTPUT)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(main);

async function main(
  stack: string,
  args: readonly string[],
  { output }: { readonly output: string },
): Promise<void> {
  accountOfStack(readAccess(), stack);
  const tools = await prepareTools(["terraform", "provider"]);
  process.exitCode = await terraformInStack(output, stack, args, tools);
}

command.parseAsync().catch((error: unknown) => {
  note(describeError(error));
  process.exitCode = exitCodeOf(error);
});
