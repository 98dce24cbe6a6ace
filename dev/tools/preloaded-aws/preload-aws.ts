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
  const [real] = findPrograms("aws", process.env);
  if (real === undefined || process.env.OIDC_IGNORE_PATH_TOOLS === "1") return;
  const python = await interpreterOf(real, process.env);
  const shebang = `#!${python} -IS\n`;
  if (python === undefined || /\s/.test(python) || shebang.length > MOST_SHEBANG) return;
  const { exitCode } = await run(python, ["-c", "import awscli"], {});
  if (exitCode !== 0) return;
  const names = { REAL: real, SERVER: path.join(__dirname, "server.py") };
  const set = Object.entries(names).map(([name, value]) => `${name} = ${JSON.stringify(value)}\n`);
  const folder = path.join(cacheDirectory(), "preloaded-aws");
  const script = await readFile(path.join(__dirname, "aws.py"), "utf8");
  await writeProgram(path.join(folder, "aws"), `${shebang}${set.join("")}${script}`);
  const server = path.join(tmpdir(), `preloaded-aws-${process.pid}-${Date.now()}`);
  process.env.PRELOADED_AWS = `${server}:${process.pid}`;
  process.env.PATH = [folder, process.env.PATH ?? ""].join(path.delimiter);
}

/** The same file as long as it has the same text: what it is is remembered by its time. */
async function writeProgram(file: string, text: string): Promise<void> {
  if ((await readFile(file, "utf8").catch(() => undefined)) === text) return;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  await chmod(file, 0o755);
}
