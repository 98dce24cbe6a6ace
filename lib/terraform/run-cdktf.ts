import { runForeground } from "../../setup/foreground.cjs";
import { cdktfCommand } from "./cdktf";
import { cdktfArguments } from "./cdktf-arguments";

/**
 * Runs the true cdktf CLI in the working directory, in our place: our terminal, our signals.
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
    env: { ...process.env, ...quiet, ...environment },
  });
}
