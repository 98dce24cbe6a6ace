import { repositoryRoot } from "../../lib/programs/cache";
import { compileCommands } from "../../setup/compile.cjs";
import { preloadAws } from "./preloaded-aws/preload-aws";

/**
 * jest runs this before the projects `sandbox` and `e2e`, which start commands and the AWS CLI some
 * hundred times: its workers inherit the variables, which lib/programs/own-program.ts and
 * preloaded-aws/aws.py read.
 */
export default async function beforeTests(): Promise<void> {
  const [compiled] = await Promise.all([compileCommands(repositoryRoot), preloadAws()]);
  process.env.COMPILED_COMMANDS = compiled;
}
