import { createRequire } from "node:module";
import path from "node:path";
import { repositoryRoot } from "../programs/cache";

/**
 * The true cdktf CLI: a command to which its arguments are added. What the guard guards against:
 * cdktf-guard.cjs.
 */
export function cdktfCommand(): readonly [string, ...string[]] {
  const manifest = createRequire(path.join(repositoryRoot, "package.json")).resolve("cdktf-cli/package.json");
  const cdktf = path.join(path.dirname(manifest), "bundle", "bin", "cdktf");
  return [process.execPath, "--require", path.join(__dirname, "cdktf-guard.cjs"), cdktf];
}
