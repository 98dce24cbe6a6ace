import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { withLock } from "../../setup/lock.cjs";
import { ProjectError } from "../errors";
import { type RunGuardedOptions, runGuarded } from "../process/run-guarded";
import { writeAtomically } from "./cache";
import type { Progress } from "./progress";
import type { Python } from "./python";

export interface PythonEnvironment {
  /**
   * Put before the PATH: holds `aws` and nothing else, so that no other program's `python` changes.
   */
  readonly binFolder: string;
  readonly moto: readonly string[];
}

interface InstallPythonEnvironment {
  readonly cache: string;
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  /** The lock file with exact versions and hashes. */
  readonly requirements: string;
  /** Asked for only if there is something to install. */
  readonly python: Python;
}

/**
 * The virtual environment for these requirements if it is complete, without looking for a Python.
 */
export async function installedPythonEnvironment(
  cache: string,
  requirements: string,
): Promise<PythonEnvironment | undefined> {
  const folder = await folderFor(cache, requirements);
  return isComplete(folder) ? describe(folder) : undefined;
}

/**
 * Creates a virtual environment in the cache and installs the packages of the lock file, with the
 * hashes that it names. A virtual environment cannot be moved, so it is created in place; a stamp
 * that is written last marks it as complete.
 * @throws ProjectError `python-packages` with what pip said
 */
export async function installPythonEnvironment(
  options: InstallPythonEnvironment,
): Promise<PythonEnvironment> {
  const folder = await folderFor(options.cache, options.requirements);
  const work = async (shareWith: (pid: number) => void) => {
    if (!isComplete(folder)) {
      const label = "moto and the AWS CLI (Python packages)";
      await options.progress.step(label, () => build(folder, options, shareWith));
    }
    return describe(folder);
  };
  const onWait = () => options.progress.note("waiting for another process to install the Python packages …");
  return withLock(`${folder}.lock`, work, { onWait });
}

async function build(
  folder: string,
  { env, requirements, python }: InstallPythonEnvironment,
  onStart: (pid: number) => void,
): Promise<void> {
  // PIP_USER and the like would install somewhere else. The user's indexes, proxies and
  // certificates stay in effect.
  const { PYTHONHOME: _home, PYTHONPATH: _path, PIP_TARGET: _target, PIP_PREFIX: _prefix, ...rest } = env;
  const clean = { ...rest, PIP_USER: "0", PIP_DISABLE_PIP_VERSION_CHECK: "1", PIP_NO_INPUT: "1" };
  await rm(folder, { recursive: true, force: true });
  await mkdir(path.dirname(folder), { recursive: true });
  const options = { env: clean, onStart };
  // Compiling everything takes a third of the time; Python compiles what it uses when it runs. The
  // lock file is complete, so there is nothing to resolve. A pip of its own would be another
  // installation.
  const quick = ["--quiet", "--no-compile", "--no-deps"];
  const install = ["install", ...quick, "--require-hashes", "--requirement", requirements];
  if (python.pip === true) {
    await check(python.program, ["-m", "venv", "--without-pip", folder], options);
    await check(python.program, ["-m", "pip", "--python", interpreter(folder), ...install], options);
  } else {
    await check(python.program, ["-m", "venv", folder], options);
    await check(interpreter(folder), ["-m", "pip", ...install], options);
  }
  await writeTools(folder);
  await writeAtomically(stamp(folder), `${python.version}\n`);
}

/** Our own scripts: those of pip fail if the path contains a space. */
async function writeTools(folder: string): Promise<void> {
  const aws = path.join(describe(folder).binFolder, "aws");
  await writeAtomically(aws, '#!/bin/sh\nexec "$(dirname "$0")/../bin/python" -I -m awscli "$@"\n');
  await chmod(aws, 0o755);
}

async function check(program: string, args: readonly string[], options: RunGuardedOptions): Promise<void> {
  const { exitCode, stdout, stderr } = await runGuarded(program, args, options);
  if (exitCode === 0) return;
  const all = (stderr || stdout).trim();
  // pip prints each attempt to connect, and each index without the package, as a warning.
  const said = all.replace(/^WARNING: .*\n/gm, "");
  const offline = /NewConnectionError|Could not find a version|Max retries|ProxyError|ReadTimeout/.test(all);
  throw new ProjectError({
    code: "python-packages",
    message: `cannot install moto and the AWS CLI: ${program} ${args.slice(0, 3).join(" ")} ended with ${exitCode}:\n${said}`,
    found: program,
    fix: offline
      ? "check the network, HTTPS_PROXY and pip's index, then run the same command again."
      : "see pip's message above, then run the same command again.",
  });
}

/**
 * A Python that is updated in place keeps its environments. One that is removed leaves a broken
 * link, and its environments are no longer complete.
 */
function isComplete(folder: string): boolean {
  return existsSync(stamp(folder)) && existsSync(interpreter(folder));
}

function describe(folder: string): PythonEnvironment {
  return { binFolder: path.join(folder, "tools"), moto: [interpreter(folder), "-I", "-m", "moto.server"] };
}

function interpreter(folder: string): string {
  return path.join(folder, "bin", "python");
}

function stamp(folder: string): string {
  return path.join(folder, "complete");
}

async function folderFor(cache: string, requirements: string): Promise<string> {
  const hash = createHash("sha256")
    .update(await readFile(requirements))
    .digest("hex");
  // An environment contains its own path: if the cache is moved, a new one is created.
  const place = createHash("sha256").update(path.resolve(cache)).digest("hex").slice(0, 4);
  return path.join(cache, "python", `${hash.slice(0, 12)}-${place}`);
}
