import path from "node:path";
import { run } from "../../lib/process/run";
import { repositoryRoot } from "../../lib/programs/cache";
import { ownProgram } from "../../lib/programs/own-program";

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

/**
 * TypeScript 7 takes a fifth of the CPU time. It has no API for programs yet, so `typescript` is
 * still version 5, for dependency-cruiser and ts-node. Both have a `tsc` in `.bin`.
 */
const TSC = path.join(repositoryRoot, "node_modules", "typescript-7", "bin", "tsc");

/**
 * The checks that read the source and run none of it. They keep what they have found out in
 * `.cache/check`, and look again at what has changed since.
 * @param files what style and boundaries are checked of; types are always checked of everything
 */
function checksOf(files: readonly string[]): readonly Check[] {
  const cache = path.join(repositoryRoot, ".cache", "check");
  const types = ["--incremental", "--tsBuildInfoFile", path.join(cache, "types.tsbuildinfo")];
  // The cache holds one answer: that of a few files would replace that of everything.
  const kept = files.length === 0 ? ["--cache", path.join(cache, "boundaries")] : ["--no-cache"];
  const boundaries = ["--config", ".dependency-cruiser.cjs", ...kept];
  const paths = files.length === 0 ? ["."] : files;
  const generated = {
    name: "generated files are current",
    args: [...ownProgram("cli/schema.ts").slice(1), "--check"],
  };
  return [
    { name: "types (tsc)", args: [TSC, "--noEmit", "--pretty", "false", ...types, "-p", "."] },
    { name: "style (biome)", args: [bin("biome"), "ci", "--colors=off", ...paths] },
    { name: "import boundaries (depcruise)", args: [bin("depcruise"), ...boundaries, ...paths] },
    ...(files.length === 0 ? [generated] : []),
  ];
}

/**
 * Runs types, style, boundaries and generated files beside each other; one that fails does not hide
 * the others.
 * @param files only what concerns these; none: everything
 */
export function runStaticChecks(
  env: NodeJS.ProcessEnv,
  files: readonly string[] = [],
): Promise<readonly CheckResult[]> {
  return Promise.all(checksOf(files).map((check) => runCheck(check, env)));
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
