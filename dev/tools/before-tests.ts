import { repositoryRoot } from "../../lib/programs/cache";
import { compileCommands } from "../../setup/compile.cjs";
import { preloadAws, preloadMoto } from "./preloaded/preload";

/**
 * jest runs this before the projects `sandbox` and `e2e`, which start commands, the AWS CLI and
 * moto some hundred times: its workers inherit the variables, which lib/programs/own-program.ts,
 * dev/sandbox/moto/moto-process.ts and preloaded/client.py read.
 */
export default async function beforeTests(): Promise<void> {
  const [compiled] = await Promise.all([compileCommands(repositoryRoot), preloadAws(), preloadMoto()]);
  process.env.COMPILED_COMMANDS = compiled;
}
