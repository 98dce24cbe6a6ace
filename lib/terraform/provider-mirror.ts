import { existsSync, readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { AWS_PROVIDER_VERSION, terraformPlatform } from "./versions";

export interface ProviderMirror {
  /** The folder that contains `registry.terraform.io/`. */
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

/** Larger folders are not searched. */
const MOST_ENTRIES = 2_000;

/** Whether a folder contains the pinned AWS provider for this platform, and in which layout. */
export function mirrorAt(folder: string): ProviderMirror | undefined {
  const provider = path.join(folder, "registry.terraform.io", "hashicorp", "aws");
  const unpacked = path.join(provider, AWS_PROVIDER_VERSION, terraformPlatform());
  if (isFolder(unpacked) && entriesOf(unpacked).some((name) => name.startsWith("terraform-provider-aws"))) {
    return { folder, layout: "unpacked" };
  }
  const zip = `terraform-provider-aws_${AWS_PROVIDER_VERSION}_${terraformPlatform()}.zip`;
  return existsSync(path.join(provider, zip)) ? { folder, layout: "packed" } : undefined;
}

/** The first mirror in Terraform's implied folders, then in the common places. */
export function findMirror(
  env: NodeJS.ProcessEnv,
  roots: readonly string[] = USUAL_ROOTS,
): ProviderMirror | undefined {
  for (const folder of impliedFolders(env)) {
    const mirror = mirrorAt(folder);
    if (mirror !== undefined) return mirror;
  }
  for (const root of roots) {
    const below = subfolders(root);
    for (const folder of [root, ...below, ...below.flatMap(subfoldersOfMirrors)]) {
      const mirror = mirrorAt(folder);
      if (mirror !== undefined) return mirror;
    }
  }
  return undefined;
}

/** Terraform's documentation, "Implied Local Mirror Directories". */
function impliedFolders(env: NodeJS.ProcessEnv): readonly string[] {
  const home = env.HOME || homedir();
  const data = env.XDG_DATA_HOME || path.join(home, ".local", "share");
  const shared = (env.XDG_DATA_DIRS || "/usr/local/share:/usr/share")
    .split(":")
    .filter((folder) => folder !== "");
  return [
    path.resolve("terraform.d", "plugins"),
    path.join(home, ".terraform.d", "plugins"),
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
