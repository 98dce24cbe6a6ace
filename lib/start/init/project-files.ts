import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ProjectError } from "../../errors";
import { repositoryRoot } from "../../programs/cache";
import { writeWhole } from "../../project/write-whole";
import type { Answers } from "./answers";
import { firstTest } from "./first-test";
import { ownSpecifier } from "./own-specifier";

/** A file of a new project. */
export interface ProjectFile {
  /** Relative to the project's folder. */
  readonly file: string;
  readonly text: string;
}

/**
 * The files of a CDKTF project, except access.yaml: those of `template/`, and a test of who may
 * deploy.
 * @param folder of the project; its name is the name in package.json
 */
export function projectFiles(folder: string, answers: Answers): readonly ProjectFile[] {
  const root = path.join(repositoryRoot, "template");
  const values = { name: packageName(folder), package: ownSpecifier() };
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const copied = files.map((entry) => {
    const source = path.join(entry.parentPath, entry.name);
    return {
      file: path.relative(root, source).replace("{{}}", ""),
      text: readFileSync(source, "utf8").replace(
        /\{\{(name|package)\}\}/g,
        (_, key: keyof typeof values) => values[key],
      ),
    };
  });
  return [...copied, { file: path.join("__tests__", "who-may-deploy.test.ts"), text: firstTest(answers) }];
}

/**
 * @throws ProjectError `project-file-exists` (exit 2): a file exists with another text. The same
 * text is what an interrupted run left.
 */
export function refuseOtherFiles(folder: string, files: readonly ProjectFile[]): void {
  const other = files.filter(({ file, text }) => {
    const there = path.join(folder, file);
    return existsSync(there) && readFileSync(there, "utf8") !== text;
  });
  if (other.length === 0) return;
  const names = other.map(({ file }) => file).join(", ");
  throw new ProjectError({
    code: "project-file-exists",
    message: `${folder} already has ${names}, and init does not overwrite files`,
    found: names,
    fix: "name another folder, or move these files away; `init` without a folder writes access.yaml only",
    exitCode: 2,
  });
}

/** @throws ProjectError `not-written` */
export function writeProject(folder: string, files: readonly ProjectFile[]): void {
  for (const { file, text } of files) {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeWhole(target, text);
  }
}

/** What npm accepts as a name: lower case, without other characters. */
function packageName(folder: string): string {
  const name = path
    .basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+/, "");
  return name === "" ? "access" : name;
}
