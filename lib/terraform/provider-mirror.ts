import { existsSync, readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { foreignWrite } from "./foreign-write";
import { awsProviderAddress, type Product } from "./product";
import { AWS_PROVIDER_VERSION, terraformPlatform } from "./versions";

export interface ProviderMirror {
  /** The folder that contains the registry's, such as `registry.terraform.io/`. */
  readonly folder: string;
  readonly product: Product;
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
export function foreignWriteIn({ folder, product, layout }: ProviderMirror): string | undefined {
  const provider = path.join(folder, awsProviderAddress(product));
  if (layout === "packed") return foreignWrite(folder, path.join(provider, archiveName()));
  const unpacked = path.join(provider, AWS_PROVIDER_VERSION, terraformPlatform());
  for (const name of entriesOf(unpacked)) {
    const why = foreignWrite(folder, path.join(unpacked, name));
    if (why !== undefined) return why;
  }
  return undefined;
}

function archiveName(): string {
  return `terraform-provider-aws_${AWS_PROVIDER_VERSION}_${terraformPlatform()}.zip`;
}

/** Larger folders are not searched. */
const MOST_ENTRIES = 2_000;

/**
 * Whether a folder contains the pinned AWS provider for this platform, and in which layout. Terraform
 * and OpenTofu look below the host of their own registry only.
 */
export function mirrorAt(folder: string, product: Product): ProviderMirror | undefined {
  const provider = path.join(folder, awsProviderAddress(product));
  const unpacked = path.join(provider, AWS_PROVIDER_VERSION, terraformPlatform());
  if (isFolder(unpacked) && entriesOf(unpacked).some((name) => name.startsWith("terraform-provider-aws"))) {
    return { folder, product, layout: "unpacked" };
  }
  return existsSync(path.join(provider, archiveName())) ? { folder, product, layout: "packed" } : undefined;
}

/**
 * The first mirror in Terraform's implied folders, then in the common places.
 * @param refuse called with the reason for a mirror that is passed over, because other users may
 * write it
 */
export function findMirror(
  env: NodeJS.ProcessEnv,
  product: Product,
  roots: readonly string[] = USUAL_ROOTS,
  refuse: (why: string) => void = () => {},
): ProviderMirror | undefined {
  const safeMirrorAt = (folder: string): ProviderMirror | undefined => {
    const mirror = mirrorAt(folder, product);
    const why = mirror === undefined ? undefined : foreignWriteIn(mirror);
    if (why !== undefined) refuse(why);
    return why === undefined ? mirror : undefined;
  };
  for (const folder of impliedFolders(env, product)) {
    const mirror = safeMirrorAt(folder);
    if (mirror !== undefined) return mirror;
  }
  for (const root of roots) {
    const below = subfolders(root);
    for (const folder of [root, ...below, ...below.flatMap(subfoldersOfMirrors)]) {
      const mirror = safeMirrorAt(folder);
      if (mirror !== undefined) return mirror;
    }
  }
  return undefined;
}

/**
 * Terraform's documentation, "Implied Local Mirror Directories". OpenTofu reads the same folders and
 * one of its own (`internal/command/cliconfig`, `dataDirs`).
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
