import { existsSync } from "node:fs";
import path from "node:path";
import { quoted } from "../../circleci/job/shell-word";
import { docsPage, oidc } from "../../command-name";
import { ProjectError } from "../../errors";
import { accessFile } from "../../project/project-root";
import { wrongCall } from "../../project/unknown-name";
import { requireWritable, writeWhole } from "../../project/write-whole";
import type { Ask } from "../../terminal/prompt";
import type { Framework } from "../../terraform/framework";
import type { StartHost } from "../host";
import type { Answers } from "./answers";
import { completeAnswers } from "./complete-answers";
import { findAnswers } from "./find-answers";
import { firstAccess } from "./first-access";
import { firstPipeline, requirePipelineFolder } from "./first-pipeline";
import { forCdktn } from "./for-cdktn";
import { ownPackage } from "./own-package";
import { printCreated, printProject } from "./print";
import {
  type KeptFile,
  type ProjectFile,
  projectFiles,
  refuseOtherFiles,
  requireRoom,
  writeProject,
} from "./project-files";

interface InitOptions {
  /** Values given as flags. */
  readonly given: Partial<Answers>;
  /** The project's slug in CircleCI. Default: from the repository. */
  readonly slug?: string;
  /** Where a whole CDKTF project is made. Undefined: only access.yaml, in the project's folder. */
  readonly project?: string;
  /** The project plans and applies its own stacks from CircleCI. Requires `project`. */
  readonly pipeline?: true;
  /** What declares the project's stacks. Requires `project`. Default: cdktf. */
  readonly framework?: Framework["name"];
}

interface InitHost extends Pick<StartHost, "env" | "folder" | "note"> {
  /** Runs a task with a function that asks; undefined: not a terminal, or `--yes`. */
  readonly withPrompt: <T>(task: (ask: Ask | undefined) => Promise<T>) => Promise<T>;
}

/**
 * Writes the first access.yaml from what git, CircleCI and AWS know, and asks for the rest.
 * @returns the text to print
 * @throws ProjectError `access-file-exists`, `project-file-exists`, `init-wrong-answer`,
 * `init-incomplete`, `pipeline-not-at-top`, `wrong-call` (exit 2), `not-written`, `interrupted`:
 * nothing was written
 */
export async function init(
  { given, slug, project, pipeline, framework }: InitOptions,
  host: InitHost,
): Promise<string> {
  const { env, folder, note, withPrompt } = host;
  if (framework !== undefined && project === undefined)
    throw wrongCall(
      "--framework requires the folder of a new project",
      "write: init FOLDER --framework cdktn",
    );
  if (project === "") throw wrongCall("the folder of the new project has no name", "write: init FOLDER");
  const file =
    project === undefined ? accessFile(env) : path.join(path.resolve(folder, project), "access.yaml");
  refuseOverwriting(file);
  if (pipeline === true) await requirePipelineFolder(folder, project);
  if (project === undefined) requireWritable(file);
  else requireRoom(path.dirname(file));
  const found = await findAnswers({ env, folder, note, ...(slug === undefined ? {} : { slug }) });
  const answers = await withPrompt((ask) => completeAnswers(given, found, ask));
  const target = path.dirname(file);
  const withOwnRoles = pipeline === true;
  const withFramework = framework === "cdktn" ? forCdktn : (files: readonly ProjectFile[]) => files;
  const schema = project === undefined ? schemaBeside(target) : INSTALLED_SCHEMA;
  const text = firstAccess(answers, { schema, withOwnRoles });
  const newProject = (): readonly (ProjectFile | KeptFile)[] => {
    const own = ownPackage();
    const kept = own.tarball === undefined ? [] : [own.tarball];
    return [...withFramework(projectFiles(target, answers, own)), ...kept];
  };
  const files = [
    ...(project === undefined ? [] : newProject()),
    ...(withOwnRoles ? [firstPipeline(text)] : []),
  ];
  // The file may have been created while the questions were asked.
  refuseOverwriting(file);
  refuseOtherFiles(target, files);
  writeProject(target, files);
  writeWhole(file, text);
  return project === undefined
    ? printCreated(file, answers)
    : printProject(quoted(project), answers, { withPipeline: withOwnRoles, framework: framework ?? "cdktf" });
}

const SCHEMA = "access.schema.json";
const INSTALLED_SCHEMA = `./node_modules/cdktf-circleci-oidc/${SCHEMA}`;

/**
 * The schema for editors, which need no network: the copy in the folder of access.yaml, as in a
 * clone, or the one that is installed there with the package.
 */
export function schemaBeside(folder: string): string {
  return existsSync(path.join(folder, SCHEMA)) ? `./${SCHEMA}` : INSTALLED_SCHEMA;
}

function refuseOverwriting(file: string): void {
  if (!existsSync(file)) return;
  throw new ProjectError({
    code: "access-file-exists",
    message: `${file} already exists, and init does not overwrite it`,
    found: file,
    fix: `edit the file (${oidc("ids")} --write adds people), or move it away first; every field is in ${docsPage("docs/access-yaml.md")}`,
    exitCode: 2,
  });
}
