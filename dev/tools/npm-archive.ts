import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { runGuarded } from "../../lib/process/run-guarded";

/** A package of npm, with the hash that its archive must have. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** SHA-512 of the archive, in base64, as npm's `integrity` has it. */
  readonly sha512: string;
}

/**
 * Unpacks an npm package, of which nothing is run.
 * @param members of the archive, such as `package/lib/iam-role`; none: all
 * @param target folder that the package's files are put into
 * @param failed the error, by why it failed
 */
export async function unpackPackage(
  { name, version, sha512 }: PinnedPackage,
  members: readonly string[],
  target: string,
  failed: (why: string) => Error,
): Promise<void> {
  await mkdir(target, { recursive: true });
  const scratch = await mkdtemp(`${target}-archive-`);
  try {
    const pack = ["pack", "--silent", "--pack-destination", scratch, `${name}@${version}`];
    await runOrFail("npm", pack, scratch, failed);
    const archive = path.join(scratch, (await readdir(scratch))[0] ?? "");
    const found = createHash("sha512")
      .update(await readFile(archive))
      .digest("base64");
    if (found !== sha512) throw failed(`${name}@${version} has SHA-512 ${found}, and ${sha512} is pinned`);
    const extract = ["-xzf", archive, "--strip-components", "1", "-C", target, ...members];
    await runOrFail("tar", extract, scratch, failed);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Runs a program, which ends with this process. */
export async function runOrFail(
  program: string,
  args: readonly string[],
  cwd: string,
  failed: (why: string) => Error,
): Promise<void> {
  const { exitCode, stdout, stderr } = await runGuarded(program, [...args], { cwd });
  if (exitCode !== 0) throw failed(`${program} ${args[0]}: ${(stderr || stdout).trim()}`);
}
