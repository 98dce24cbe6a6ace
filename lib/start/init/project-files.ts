import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ProjectError } from "../../errors";
import { repositoryRoot } from "../../programs/cache";
import { wrongCall } from "../../project/unknown-name";
import { createFolderOf, requireWritable, writeWhole } from "../../project/write-whole";
import type { Answers } from "./answers";
import { firstTest } from "./first-test";
import { type OwnPackage, ownPackage } from "./own-package";

/** A file of a new project. */
export interface ProjectFile {
  /** Relative to the project's folder. */
  readonly file: string;
  readonly text: string;
}

/** A file that is copied as it is. */
export interface KeptFile {
  /** Relative to the project's folder. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

/**
 * The files of a CDKTF project, except access.yaml: those of `template/`, and a test of who may
 * deploy.
 * @param folder of the project; its name is the name in package.json
 * @param own what the project depends on
 */
export function projectFiles(
  folder: string,
  answers: Answers,
  { specifier }: Pick<OwnPackage, "specifier"> = ownPackage(),
): readonly ProjectFile[] {
  const root = path.join(repositoryRoot, "template");
  const values = { name: packageName(folder), package: specifier };
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
 * Checks before the first question whether a project can be made in a folder, which need not exist.
 * Nothing is created.
 * @throws ProjectError `wrong-call` (exit 2), `not-written`
 */
export function requireRoom(folder: string): void {
  if (folder.split(path.sep).includes("node_modules"))
    throw wrongCall(`${folder} is in node_modules, which npm deletes`, "name another folder");
  let missing = path.join(folder, "access.yaml");
  while (!existsSync(path.dirname(missing))) missing = path.dirname(missing);
  requireWritable(missing);
}

/**
 * @throws ProjectError `project-file-exists` (exit 2): a file exists with another text. The same
 * text is what an interrupted run left.
 */
export function refuseOtherFiles(folder: string, files: readonly (ProjectFile | KeptFile)[]): void {
  const other = files.filter((wanted) => {
    const there = path.join(folder, wanted.file);
    return existsSync(there) && !readFileSync(there).equals(bytesOf(wanted));
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
export function writeProject(folder: string, files: readonly (ProjectFile | KeptFile)[]): void {
  for (const wanted of files) {
    const target = path.join(folder, wanted.file);
    createFolderOf(target);
    writeWhole(target, bytesOf(wanted));
  }
}

function bytesOf(file: ProjectFile | KeptFile): Uint8Array {
  return "text" in file ? Buffer.from(file.text) : file.bytes;
}

/** What npm accepts as a name: lower case, without other characters, at most 214. */
function packageName(folder: string): string {
  const name = path
    .basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+|-+$/g, "")
    .slice(0, 214);
  return name === "" ? "access" : name;
}
