import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { ProjectError } from "../../errors";
import { run } from "../../process/run";
import { installedFile } from "../../programs/installed-file";

export const PACKAGE = "cdktf-circleci-oidc";

const manifest = z.object({
  version: z.string(),
  peerDependencies: z.record(z.string(), z.string()).default({}),
});
export type Manifest = z.infer<typeof manifest>;

/** Not read by a synth, and large. */
const LEFT_OUT = ["node_modules", "cdktf.out", ".git", "plans"];

/** @throws ProjectError `not-installed` (exit 2) */
export function installedVersion(project: string): Manifest {
  const file = path.join(project, "node_modules", PACKAGE, "package.json");
  if (existsSync(file)) return manifest.parse(JSON.parse(readFileSync(file, "utf8")));
  throw new ProjectError({
    code: "not-installed",
    message: `${project} has no ${PACKAGE} in its node_modules`,
    found: file,
    fix: "run npm install; in a clone, merge the new version and run `review` on the branch",
    exitCode: 2,
  });
}

/**
 * The latest version, if a registry has the installed one: what a registry has under the name of a
 * package that came from a file may be a stranger's, and a synth runs it.
 * @throws ProjectError `version-not-named` (exit 2)
 */
export function latestOf(project: string): string {
  const file = installedFile(path.join(project, "node_modules", PACKAGE));
  if (file === undefined) return "latest";
  throw new ProjectError({
    code: "version-not-named",
    message: `${PACKAGE} was installed from a file, not from a registry, so that no version is its latest`,
    found: file,
    fix: "name the other version: --to FILE.tgz",
    exitCode: 2,
  });
}

/**
 * A copy of the project, with another version of the package and all other packages of
 * the project. Nothing that a package brings is run at installation.
 * @param specifier as npm takes it: a version, a tag, or the path of a tarball
 * @param copy a folder below the project, which finds the other packages there; it does not exist
 * @throws ProjectError `version-not-installed` with npm's message
 */
export async function copyWithVersion(project: string, specifier: string, copy: string): Promise<Manifest> {
  const isPath = existsSync(specifier);
  const wanted = isPath ? path.resolve(specifier) : `${PACKAGE}@${specifier}`;
  const apart = mkdtempSync(path.join(tmpdir(), "oidc-upgrade-"));
  const flags = [
    "--no-save",
    "--no-package-lock",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--prefer-offline",
  ];
  const npm = await run("npm", ["install", wanted, "--prefix", apart, ...flags], { cwd: apart });
  if (npm.exitCode !== 0)
    throw new ProjectError({
      code: "version-not-installed",
      message: `npm install ${wanted} ended with ${npm.exitCode ?? npm.signal}:\n${npm.stderr.trim()}`,
      found: wanted,
      fix: "name a version that exists with --to, or the path of a tarball",
    });
  for (const name of readdirSync(project).filter((one) => !LEFT_OUT.includes(one)))
    cpSync(path.join(project, name), path.join(copy, name), { recursive: true });
  cpSync(path.join(apart, "node_modules", PACKAGE), path.join(copy, "node_modules", PACKAGE), {
    recursive: true,
  });
  rmSync(apart, { recursive: true });
  return installedVersion(copy);
}
