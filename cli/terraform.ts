import { describeError, exitCodeOf, ProjectError } from "../lib/errors";
import { accountOfStack } from "../lib/project/pick-stack";
import { readAccess } from "../lib/project/read-access";
import { terraformInStack } from "../lib/terraform/in-stack";
import { prepareTools } from "../lib/tools/prepare";

/** `npm run terraform -- STACK ARGS…`: the Terraform that this project uses, in the stack's folder, for what docs/operations.md tells. */
async function main([stack = "", ...args]: readonly string[]): Promise<number> {
  if (stack === "" || stack.startsWith("-") || args.length === 0) {
    throw new ProjectError({
      code: "no-terraform-command",
      message: "a stack and a command of Terraform are needed",
      found: [stack, ...args].join(" "),
      fix: "such as: npm run terraform -- main-website state list",
      exitCode: 2,
    });
  }
  accountOfStack(readAccess(), stack);
  const tools = await prepareTools(["terraform", "provider"]);
  return terraformInStack(process.env.CDKTF_OUTDIR ?? "cdktf.out", stack, args, tools);
}

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    console.error(describeError(error));
    process.exitCode = exitCodeOf(error);
  },
);
