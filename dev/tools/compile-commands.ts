import { repositoryRoot } from "../../lib/programs/cache";
import { compileCommands } from "../../setup/compile.cjs";

/**
 * jest runs this before the projects `sandbox` and `e2e`, which start commands some hundred times:
 * its workers inherit the variable, which lib/programs/own-program.ts reads.
 */
export default async function compileForTests(): Promise<void> {
  process.env.COMPILED_COMMANDS = await compileCommands(repositoryRoot);
}
