import { accountOfStack } from "../../lib/project/pick-stack";
import { outputFolder } from "../../lib/project/project-root";
import { readAccess } from "../../lib/project/read-access";
import { terraformInStack } from "../../lib/terraform/in-stack";
import { prepareTools } from "../../lib/terraform/prepare";

export interface TerraformOptions {
  readonly output?: string;
}

/** Runs `oidc terraform`. */
export async function runTerraform(
  stack: string,
  args: readonly string[],
  { output = outputFolder() }: TerraformOptions,
): Promise<void> {
  const access = readAccess();
  accountOfStack(access, stack);
  const tools = await prepareTools(["terraform", "provider"], { access });
  process.exitCode = await terraformInStack(output, stack, args, tools);
}
