import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildPackage } from "../dev/package/build-package";
import { checkPackage } from "../dev/package/check-package";
import { repositoryRoot } from "../lib/programs/cache";
import { print } from "../lib/terminal/output";
import { createCommand, runCommand } from "./command";

const command = createCommand("release", "Build the npm package into dist/.")
  .option("--check", "pack it, install it in an empty folder, and run its command there, too")
  .action(main);

async function main({ check }: { readonly check?: true }): Promise<void> {
  if (check !== true) {
    await buildPackage(path.join(repositoryRoot, "dist"));
    print("built: dist/");
    return;
  }
  const { tarball, files, installedMb, packages } = await checkPackage(
    mkdtempSync(path.join(tmpdir(), "release-")),
  );
  print(`${tarball}: ${files.length} files`);
  print(`installed: ${installedMb.toFixed(1)} MB, ${packages} package; its command answers as expected`);
}

runCommand(command);
