import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../../lib/programs/cache";
import { ownProgram } from "../../lib/programs/own-program";
import { commitAll, copyAsRepository, gitIn } from "./clone";
import type { Company } from "./company";

/** A commit of the repository that holds access.yaml, and what its jobs run. */
export interface AccessCommit {
  readonly repository: string;
  readonly commit: string;
  /** Of the jobs: `npm` runs this project, and `aws` asks STS only. */
  readonly path: string;
}

/**
 * The company's infrastructure repository as it is in practice: this project with the company's
 * access.yaml and the generated configuration.
 * @param access text of access.yaml
 */
export function commitAccess({ worlds, sites, programs }: Company, access: string): AccessCommit {
  const { folder } = worlds.staging;
  const repository = path.join(folder, "repositories", "access");
  copyAsRepository(repository);
  writeFileSync(path.join(repository, "access.yaml"), access);
  const config = path.join(".circleci", "config.yml");
  copyFileSync(path.join(sites.infrastructure.repository, config), path.join(repository, config));
  commitAll(repository, "Change access");
  const bin = path.join(folder, "programs", "access");
  mkdirSync(bin, { recursive: true });
  writeFileSync(path.join(bin, "npm"), npm());
  chmodSync(path.join(bin, "npm"), 0o755);
  return { repository, commit: gitIn(repository, "rev-parse", "HEAD"), path: `${bin}:${programs.light}` };
}

/** The scripts of package.json that jobs run, without an installation for each job. */
function npm(): string {
  const call = (script: string) =>
    ownProgram(script)
      .map((word) => `'${word}'`)
      .join(" ");
  return `#!/bin/bash
[ -e node_modules ] || ln -s '${path.join(repositoryRoot, "node_modules")}' node_modules
case "$*" in
  ci) ;;
  "run -s synth") CDKTF_OUTDIR="$PWD/cdktf.out" exec ${call("main.ts")} ;;
  "run -s oidc -- "*) shift 4; exec ${call("cli/oidc.ts")} "$@" ;;
  *) echo "npm $*: not a script of a job" >&2; exit 1 ;;
esac
`;
}

/** The company's access.yaml, as its accounts were deployed. */
export function accessText({ worlds }: Pick<Company, "worlds">): string {
  return readFileSync(worlds.staging.accessFile, "utf8");
}
