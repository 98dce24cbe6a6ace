import { existsSync, statSync } from "node:fs";
import path from "node:path";

/** The file that CDKTF projects have in their folder. */
const CDKTF_FILE = "cdktf.json";
const ACCESS_FILE = "access.yaml";

/**
 * The user's project: the nearest folder, from the working directory upwards, that has access.yaml
 * or cdktf.json; with `OIDC_ACCESS_FILE`, cdktf.json only. Without any: the working directory.
 *
 * The search ends at the top of a git repository. A file of another owner than the working
 * directory's is passed over: what cdktf.json names is run, so anyone who can write to a folder
 * above, such as `/tmp`, could have a program run (the same risk in git: CVE-2022-24765).
 * @returns an absolute path
 */
export function projectRoot(env: NodeJS.ProcessEnv = process.env, from: string = process.cwd()): string {
  const names = chosenFile(env) === undefined ? [ACCESS_FILE, CDKTF_FILE] : [CDKTF_FILE];
  return nearest(path.resolve(from), names) ?? path.resolve(from);
}

/**
 * The path of access.yaml, relative to the working directory unless `OIDC_ACCESS_FILE` names an
 * absolute one.
 */
export function accessFile(env: NodeJS.ProcessEnv = process.env, from: string = process.cwd()): string {
  const chosen = chosenFile(env);
  return chosen ?? shownFrom(from, path.join(projectRoot(env, from), ACCESS_FILE));
}

/**
 * What identifies access.yaml wherever in the project a command is started: `OIDC_ACCESS_FILE`, or
 * its name.
 */
export function accessFileKey(env: NodeJS.ProcessEnv = process.env): string {
  return chosenFile(env) ?? ACCESS_FILE;
}

/**
 * The folder of the synthesized stacks: `CDKTF_OUTDIR`, or `cdktf.out` in the project. Relative to
 * the working directory.
 */
export function outputFolder(env: NodeJS.ProcessEnv = process.env, from: string = process.cwd()): string {
  const chosen = env.CDKTF_OUTDIR;
  if (chosen !== undefined && chosen !== "") return chosen;
  return shownFrom(from, path.join(projectRoot(env, from), "cdktf.out"));
}

/**
 * The variable for a program that runs in the project's folder: `OIDC_ACCESS_FILE` is relative to
 * our working directory.
 */
export function accessOf(
  project: string,
  env: NodeJS.ProcessEnv,
  from: string = process.cwd(),
): { OIDC_ACCESS_FILE?: string } {
  const chosen = chosenFile(env);
  return chosen === undefined || project === from ? {} : { OIDC_ACCESS_FILE: path.resolve(from, chosen) };
}

/** The cdktf.json of a folder; undefined: it is not a CDKTF project. */
export function cdktfFile(folder: string): string | undefined {
  const file = path.join(folder, CDKTF_FILE);
  return existsSync(file) ? file : undefined;
}

/**
 * The top of the git repository that a folder is in; undefined: it is in none. No process is
 * started.
 */
export function repositoryTop(folder: string): string | undefined {
  return nearest(folder, [".git"]);
}

/** A path as a person in that folder types it. */
export function shownFrom(folder: string, file: string): string {
  return path.relative(folder, file) || ".";
}

function chosenFile({ OIDC_ACCESS_FILE: chosen }: NodeJS.ProcessEnv): string | undefined {
  return chosen === undefined || chosen === "" ? undefined : chosen;
}

function nearest(from: string, names: readonly string[]): string | undefined {
  const owner = ownerOf(from);
  for (let folder = from; ; folder = path.dirname(folder)) {
    const isOurs = (name: string): boolean => {
      const file = path.join(folder, name);
      return existsSync(file) && (folder === from || ownerOf(file) === owner);
    };
    if (names.some(isOurs)) return folder;
    if (existsSync(path.join(folder, ".git")) || folder === path.dirname(folder)) return undefined;
  }
}

function ownerOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.uid;
}
