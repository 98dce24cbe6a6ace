import { existsSync } from "node:fs";
import path from "node:path";
import { createTwoFilesPatch } from "diff";
import { oidc } from "../command-name";
import type { Access, Project } from "../config/model/model";
import { ProjectError } from "../errors";
import { findProject, onlyProject } from "../project/pick-project";
import { projectRoot, repositoryTop, shownFrom } from "../project/project-root";
import { readToEdit } from "../project/read-input";
import { wrongCall } from "../project/unknown-name";
import { createFolderOf, writeWhole } from "../project/write-whole";
import { mergeConfig } from "./merge-config";
import { readConfig } from "./read-config";
import { requireStartedByPushes } from "./workflow-start";
import { writeConfig } from "./write-config";

export interface PipelineOptions {
  readonly project?: string;
  readonly write?: true;
  readonly check?: true;
  /**
   * The configuration that is written, checked or, without either, printed as it would be. Default:
   * `.circleci/config.yml` in the project.
   */
  readonly file?: string;
}

function defaultFile(): string {
  return shownFrom(process.cwd(), path.join(projectRoot(), ".circleci", "config.yml"));
}

/**
 * Prints, writes or checks a project's pipeline.
 * @param warn called with each role whose workflow may not start for its pushes, and if the file is
 * not where CircleCI looks for it
 * @returns what to print
 * @throws ProjectError `pipeline-out-of-date` (exit 1); `unknown-project`, `wrong-call` and those
 * of the config (exit 2)
 */
export function pipeline(
  access: Access,
  { project: key, write, check, file }: PipelineOptions,
  warn: (warning: string) => void = () => undefined,
): string {
  const project = key === undefined ? onlyProject(access) : findProject(access, key);
  if (write === true && check === true)
    throw wrongCall("--write and --check exclude each other", "leave one of them out");
  if (write !== true && check !== true && file === undefined) return writeConfig(project).trimEnd();
  const target = file ?? defaultFile();
  refuseMissingFolder(target);
  if (file === undefined) warnOfSubfolder(project, warn);
  const text = existsSync(target) ? readToEdit(target) : "";
  const merged = mergeConfig(project, text, target);
  for (const one of requireStartedByPushes(readConfig(merged, target), project, target)) warn(one);
  if (write !== true && check !== true) return merged.trimEnd();
  if (merged === text) return `${target} is up to date with ${project.key}`;
  if (check === true) throw outOfDate(project, target, text, merged);
  createFolderOf(target);
  writeWhole(target, merged);
  return `${target} written: the jobs of ${project.roles.map((role) => role.key).join(", ")}`;
}

/**
 * A pipeline of CircleCI reads `.circleci/config.yml` at the top of the repository, or the file
 * that its settings name (CircleCI docs, "Set up multiple configuration files for a project").
 */
function warnOfSubfolder({ key }: Project, warn: (warning: string) => void): void {
  const folder = projectRoot();
  const top = repositoryTop(folder);
  if (top === undefined || top === folder) return;
  const atTop = shownFrom(process.cwd(), path.join(top, ".circleci", "config.yml"));
  warn(
    `${defaultFile()} is not at the top of the repository, where CircleCI reads it unless the pipeline's settings name another file. For the top: ${oidc("pipeline")} --project ${key} --write --file ${atTop}`,
  );
}

/** Only `.circleci` is created: any other missing folder is a misspelt path. */
function refuseMissingFolder(target: string): void {
  const folder = path.dirname(target);
  const needed = path.basename(folder) === ".circleci" ? path.dirname(folder) : folder;
  if (existsSync(needed)) return;
  throw new ProjectError({
    code: "input-missing",
    message: `--file ${target}: the folder ${needed} does not exist`,
    found: target,
    fix: "correct the path, or create the folder first",
    exitCode: 2,
  });
}

function outOfDate({ key }: Project, file: string, text: string, merged: string): ProjectError {
  const difference = createTwoFilesPatch(file, `${file} as access.yaml says`, text, merged, "", "", {
    context: 2,
  });
  return new ProjectError({
    code: "pipeline-out-of-date",
    message: `${file} ${text === "" ? "does not exist" : `is out of date with project ${key} of access.yaml`}\n\n${withoutHead(difference)}`,
    found: file,
    fix: `run: ${oidc("pipeline")} --project ${key} --write --file ${file}`,
  });
}

/** A patch without the line that precedes its file names. */
function withoutHead(patch: string): string {
  return patch.slice(patch.indexOf("---")).trimEnd();
}
