import { createRequire } from "node:module";
import path from "node:path";
import { runForeground } from "../../setup/foreground.cjs";
import { repositoryRoot } from "../programs/cache";
import { cdktfArguments } from "./cdktf-arguments";

/**
 * The real cdktf CLI, as a command to which its arguments are added. cdktf-guard.cjs says why it is
 * preloaded.
 */
export function cdktfCommand(): readonly [string, ...string[]] {
  const manifest = createRequire(path.join(repositoryRoot, "package.json")).resolve("cdktf-cli/package.json");
  const cdktf = path.join(path.dirname(manifest), "bundle", "bin", "cdktf");
  return [process.execPath, "--require", path.join(__dirname, "cdktf-guard.cjs"), cdktf];
}

/**
 * Runs the real cdktf CLI in the working directory, with this process's terminal and signals.
 * @param environment what `prepareTools` gave
 * @returns cdktf's exit code
 */
export function runCdktf(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const [program, ...first] = cdktfCommand();
  // Not at a terminal, cdktf's spinner would fill the log.
  const quiet = process.stdout.isTTY === true ? {} : { CI: "1" };
  return runForeground(program, [...first, ...cdktfArguments(command, args)], {
    env: { ...process.env, ...quiet, ...environment },
  });
}
