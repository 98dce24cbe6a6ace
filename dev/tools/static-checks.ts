import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { run } from "../../lib/process/run";
import { repositoryRoot } from "../../lib/programs/cache";

export interface CheckResult {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
  /** All that the tool printed. */
  readonly output: string;
}

interface Check {
  readonly name: string;
  /** Arguments of Node. */
  readonly args: readonly string[];
}

const CHECKS: readonly Check[] = [
  { name: "types (tsc)", args: [bin("tsc"), "--noEmit", "--pretty", "false", "-p", "."] },
  { name: "style (biome)", args: [bin("biome"), "ci", "--colors=off", "."] },
  {
    name: "import boundaries (depcruise)",
    args: [bin("depcruise"), "--config", ".dependency-cruiser.cjs", "."],
  },
  { name: "generated files are current", args: ["--import", tsx(), "cli/schema.ts", "--check"] },
];

/**
 * All checks that run nothing of ours but look at the source, beside each other; one that fails
 * does not hide the others.
 */
export function runStaticChecks(env: NodeJS.ProcessEnv): Promise<readonly CheckResult[]> {
  return Promise.all(CHECKS.map((check) => runCheck(check, env)));
}

async function runCheck({ name, args }: Check, env: NodeJS.ProcessEnv): Promise<CheckResult> {
  const since = Date.now();
  const { exitCode, stdout, stderr } = await run(process.execPath, args, { cwd: repositoryRoot, env });
  return {
    name,
    passed: exitCode === 0,
    seconds: (Date.now() - since) / 1000,
    output: `${stdout}${stderr}`.trim(),
  };
}

function bin(name: string): string {
  return path.join(repositoryRoot, "node_modules", ".bin", name);
}

function tsx(): string {
  return pathToFileURL(createRequire(__filename).resolve("tsx")).href;
}
