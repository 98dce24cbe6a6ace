import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { run } from "../../../lib/process/run";
import { cacheDirectory } from "../../../lib/programs/cache";
import { findPrograms } from "../../../lib/programs/find-program";
import { interpreterOf } from "../../../lib/programs/path-tools";

/** Linux reads no more of a script's first line. */
const MOST_SHEBANG = 120;

/**
 * Puts an `aws` first on the PATH of this process and its children, which runs the AWS CLI of the
 * PATH without starting Python and importing it again for each call: that is three quarters of a
 * call's time. Without effect where `aws` is no Python program, as version 2 of the AWS CLI.
 */
export async function preloadAws(): Promise<void> {
  const program = await preload("aws", "awscli");
  if (program !== undefined)
    process.env.PATH = [path.dirname(program), process.env.PATH ?? ""].join(path.delimiter);
}

/** The same for moto. The sandbox starts the program that the variable names. */
export async function preloadMoto(): Promise<void> {
  const program = await preload("moto_server", "moto.server");
  if (program !== undefined) process.env.PRELOADED_MOTO = program;
}

/** @returns the path of a program that does the same; undefined: there is none */
async function preload(name: string, module: string): Promise<string | undefined> {
  const [real] = findPrograms(name, process.env);
  if (real === undefined || process.env.OIDC_IGNORE_PATH_TOOLS === "1") return undefined;
  const python = await interpreterOf(real, process.env);
  const shebang = `#!${python} -IS\n`;
  if (python === undefined || /\s/.test(python) || shebang.length > MOST_SHEBANG) return undefined;
  const { exitCode } = await run(python, ["-c", `import ${module}`], {});
  if (exitCode !== 0) return undefined;
  const constants = { NAME: name, REAL: real, SERVER: path.join(__dirname, "server.py") };
  const set = Object.entries(constants).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`);
  const script = await readFile(path.join(__dirname, "client.py"), "utf8");
  const program = path.join(cacheDirectory(), `preloaded-${name}`, name);
  await writeProgram(program, `${shebang}${set.join("")}${script}`);
  const server = path.join(tmpdir(), `preloaded-${name}-${process.pid}-${Date.now()}`);
  process.env[`PRELOADED_${name.toUpperCase()}`] = `${server}:${process.pid}`;
  return program;
}

/** The same file as long as it has the same text: what it is is remembered by its time. */
async function writeProgram(file: string, text: string): Promise<void> {
  if ((await readFile(file, "utf8").catch(() => undefined)) === text) return;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  await chmod(file, 0o755);
}
