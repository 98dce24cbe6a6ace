import { runForeground } from "../../setup/foreground.cjs";
import { repositoryRoot } from "../tools/cache";
import { cdktfCommand } from "./cdktf";
import { cdktfArguments } from "./cdktf-arguments";

/**
 * Runs the true cdktf CLI on this project, in our place: our terminal, our signals.
 * @param environment what `prepareTools` gave
 * @returns cdktf's exit code
 */
export function runCdktf(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const [program, ...first] = cdktfCommand();
  // Where nobody watches, cdktf's moving spinner would fill the log.
  const quiet = process.stdout.isTTY === true ? {} : { CI: "1" };
  return runForeground(program, [...first, ...cdktfArguments(command, args)], {
    cwd: repositoryRoot,
    env: { ...process.env, ...quiet, ...environment },
  });
}
