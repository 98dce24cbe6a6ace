import { accountOfStack } from "../lib/project/pick-stack";
import { outputFolder } from "../lib/project/project-root";
import { readAccess } from "../lib/project/read-access";
import { terraformInStack } from "../lib/terraform/in-stack";
import { prepareTools } from "../lib/terraform/prepare";
import { createCommand, runCommand } from "./command";

const command = createCommand(
  "terraform",
  "Run this project's Terraform in the folder of a stack, for the repairs in docs/operations.md.",
)
  .usage("[options] STACK COMMAND…")
  .argument("<stack>", "stack name, such as main-website")
  .argument("<command...>", "Terraform's command and arguments, such as: state list")
  .option(
    "--output <folder>",
    "folder of the synthesized stacks; must come before the stack (default: cdktf.out)",
  )
  .passThroughOptions()
  .action(main);

async function main(
  stack: string,
  args: readonly string[],
  { output = outputFolder() }: { readonly output?: string },
): Promise<void> {
  accountOfStack(readAccess(), stack);
  const tools = await prepareTools(["terraform", "provider"]);
  process.exitCode = await terraformInStack(output, stack, args, tools);
}

runCommand(command);
