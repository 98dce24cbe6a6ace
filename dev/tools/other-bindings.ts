import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { ProjectError } from "../../lib/errors";
import { repositoryRoot } from "../../lib/programs/cache";
import { unpackPackage } from "./npm-archive";
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
 * The modules of the bindings that the stacks import, in the cache: a hundredth of the package's
 * 350 MB. Nothing in the package is run to install it.
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
    const members = ["package/package.json", ...modules.map((name) => `package/lib/${name}`)];
    const unpacked = path.join(scratch, "package");
    await unpackPackage({ name: PACKAGE, version, sha512 }, members, unpacked, (why) => failed(version, why));
    await rm(folder, { recursive: true, force: true });
    await rename(unpacked, folder);
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

function failed(version: string, why: string): ProjectError {
  return new ProjectError({
    code: "bindings-download",
    message: `${PACKAGE}@${version} could not be fetched: ${why}`,
    found: version,
    fix: "check the network and npm's registry, then run the command again",
  });
}
