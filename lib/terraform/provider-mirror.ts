import { existsSync, readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { foreignWrite } from "./foreign-write";
import { awsProviderAddress, type Product } from "./product";
import type { WantedProvider } from "./provider-hashes";
import { terraformPlatform } from "./versions";

export interface ProviderMirror extends WantedProvider {
  /** The folder that contains the registry's, such as `registry.terraform.io/`. */
  readonly folder: string;
  /** Terraform links to an unpacked provider; a packed one is extracted (700 MB) for each stack. */
  readonly layout: "unpacked" | "packed";
}

/** Common places of provider mirrors that Terraform does not search itself. */
const USUAL_ROOTS = [
  "/opt",
  "/srv",
  "/usr/local",
  "/usr/local/share",
  "/usr/local/lib",
  "/usr/share",
  "/usr/lib",
  "/var/lib",
  "/var/cache",
];

/**
 * Why other users of this machine could replace the provider of a mirror; undefined: they cannot.
 */
export function foreignWriteIn({ folder, product, version, layout }: ProviderMirror): string | undefined {
  const provider = path.join(folder, awsProviderAddress(product));
  if (layout === "packed") return foreignWrite(folder, path.join(provider, archiveName(version)));
  const unpacked = path.join(provider, version, terraformPlatform());
  for (const name of entriesOf(unpacked)) {
    const why = foreignWrite(folder, path.join(unpacked, name));
    if (why !== undefined) return why;
  }
  return undefined;
}

function archiveName(version: string): string {
  return `terraform-provider-aws_${version}_${terraformPlatform()}.zip`;
}

/** Larger folders are not searched. */
const MOST_ENTRIES = 2_000;

/**
 * Whether a folder contains a version of the AWS provider for this platform, and in which layout.
 * Terraform and OpenTofu look below the host of their own registry only.
 */
export function mirrorAt(folder: string, { product, version }: WantedProvider): ProviderMirror | undefined {
  const provider = path.join(folder, awsProviderAddress(product));
  const unpacked = path.join(provider, version, terraformPlatform());
  if (isFolder(unpacked) && entriesOf(unpacked).some((name) => name.startsWith("terraform-provider-aws"))) {
    return { folder, product, version, layout: "unpacked" };
  }
  return existsSync(path.join(provider, archiveName(version)))
    ? { folder, product, version, layout: "packed" }
    : undefined;
}

/**
 * The first mirror in Terraform's implied folders, then in the common places.
 * @param refuse called with the reason for a mirror that is passed over, because other users may
 * write it
 */
export function findMirror(
  env: NodeJS.ProcessEnv,
  wanted: WantedProvider,
  roots: readonly string[] = USUAL_ROOTS,
  refuse: (why: string) => void = () => {},
): ProviderMirror | undefined {
  const safeMirrorAt = (folder: string): ProviderMirror | undefined => {
    const mirror = mirrorAt(folder, wanted);
    const why = mirror === undefined ? undefined : foreignWriteIn(mirror);
    if (why !== undefined) refuse(why);
    return why === undefined ? mirror : undefined;
  };
  for (const folder of mirrorFolders(env, wanted.product, roots)) {
    const mirror = safeMirrorAt(folder);
    if (mirror !== undefined) return mirror;
  }
  return undefined;
}

/** Versions of the AWS provider in the folders that `findMirror` searches. */
export function mirroredVersions(
  env: NodeJS.ProcessEnv,
  product: Product,
  roots: readonly string[] = USUAL_ROOTS,
): readonly string[] {
  const chosen = env.TF_PROVIDER_MIRROR ? [path.resolve(env.TF_PROVIDER_MIRROR)] : [];
  return [...chosen, ...mirrorFolders(env, product, roots)].flatMap((folder) => {
    const names = entriesOf(path.join(folder, awsProviderAddress(product)));
    const versions = names.map((name) =>
      name.replace(/^terraform-provider-aws_(.*)_[a-z]+_[a-z0-9]+\.zip$/, "$1"),
    );
    return versions.filter((version) => mirrorAt(folder, { product, version }) !== undefined);
  });
}

/**
 * The folders that `findMirror` searches; `/opt/…` stands for two levels of folders below `/opt`.
 */
export function mirrorPlaces(
  env: NodeJS.ProcessEnv,
  product: Product,
  roots: readonly string[] = USUAL_ROOTS,
): readonly string[] {
  return [...impliedFolders(env, product), ...roots.map((root) => path.join(root, "…"))];
}

function* mirrorFolders(
  env: NodeJS.ProcessEnv,
  product: Product,
  roots: readonly string[],
): Generator<string> {
  yield* impliedFolders(env, product);
  for (const root of roots) {
    yield root;
    const below = subfolders(root);
    yield* below;
    yield* below.flatMap(subfoldersOfMirrors);
  }
}

/**
 * Terraform's documentation, "Implied Local Mirror Directories". OpenTofu reads the same folders
 * and one of its own (`internal/command/cliconfig`, `dataDirs`).
 */
function impliedFolders(env: NodeJS.ProcessEnv, product: Product): readonly string[] {
  const home = env.HOME || homedir();
  const data = env.XDG_DATA_HOME || path.join(home, ".local", "share");
  const shared = (env.XDG_DATA_DIRS || "/usr/local/share:/usr/share")
    .split(":")
    .filter((folder) => folder !== "");
  return [
    path.resolve("terraform.d", "plugins"),
    path.join(home, ".terraform.d", "plugins"),
    ...(product === "OpenTofu" ? [path.join(data, "opentofu", "plugins")] : []),
    path.join(home, "Library", "Application Support", "io.terraform", "plugins"),
    "/Library/Application Support/io.terraform/plugins",
    ...[data, ...shared].map((folder) => path.join(folder, "terraform", "plugins")),
  ];
}

/** The second level is searched only below names such as `terraform/providers`. */
function subfoldersOfMirrors(folder: string): readonly string[] {
  return /terraform|provider|plugin|mirror/i.test(path.basename(folder)) ? subfolders(folder) : [];
}

function subfolders(folder: string): readonly string[] {
  const entries = entriesOf(folder);
  return entries.length > MOST_ENTRIES ? [] : entries.map((name) => path.join(folder, name)).filter(isFolder);
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** Below a file, such as a HOME of /dev/null, the system reports an error. */
function isFolder(folder: string): boolean {
  try {
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}
