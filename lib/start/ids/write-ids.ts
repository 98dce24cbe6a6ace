import { parseAccess } from "../../config/load";
import { insertEntry } from "../../config/yaml/insert-entry";
import { AccessFileError, type Problem } from "../../config/yaml/problem";
import { replaceScalar } from "../../config/yaml/replace-scalar";
import { readYaml } from "../../config/yaml/yaml-source";
import { ROLE_CHECKS, readAccessText } from "../../project/read-access";
import { documentsBeside } from "../../project/read-document";
import { requireWritable, writeWhole } from "../../project/write-whole";
import { type AdditionOptions, type Additions, additionsFor } from "./additions";
import { currentIdsIn } from "./current-ids";
import type { Ids } from "./find-ids";

/** What was written, where, and what was not. */
export interface WrittenIds extends Additions {
  readonly file: string;
}

/** The file of which ids are to be written, before anything is asked of anybody. */
export interface IdsFile {
  readonly file: string;
  readonly text: string;
}

/** @throws ProjectError those of `readAccessText` (exit 2), `not-written` */
export function openIdsFile(file: string): IdsFile {
  const text = readAccessText(file);
  requireWritable(file);
  return { file, text };
}

/**
 * Puts ids that access.yaml lacks into it, and leaves every other character as it is. What would
 * come out is checked whole before it is written.
 * @throws AccessFileError, ProjectError those of `additionsFor`, `yaml-layout` (exit 2),
 * `not-written`: nothing was changed
 */
export function writeIds({ file, text }: IdsFile, ids: Ids, options: AdditionOptions): WrittenIds {
  const source = readYaml(text.replace(/^\uFEFF/, ""));
  if (source.problems.length > 0) throw new AccessFileError(file, source.problems);
  const additions = additionsFor(ids, currentIdsIn(source.root), options);
  const edited = additions.additions.reduce(
    (before, { path, value, before: old }) =>
      old === undefined ? insertEntry(before, path, value) : replaceScalar(before, path, value),
    text,
  );
  requireValid(file, text, edited);
  if (edited !== text) writeWhole(file, edited);
  return { file, ...additions };
}

/** What was wrong before is told with the lines of the file as it still is. */
function requireValid(file: string, before: string, after: string): void {
  const left = problemsOf(file, after);
  if (left.length === 0) return;
  const same = new Set(left.map(identity));
  const old = problemsOf(file, before).filter((problem) => same.has(identity(problem)));
  throw old.length > 0 ? new AccessFileError(file, old) : new AccessFileError(`${file} with these ids`, left);
}

function problemsOf(file: string, text: string): readonly Problem[] {
  const result = parseAccess(text, ROLE_CHECKS, documentsBeside(file));
  return "problems" in result ? result.problems : [];
}

function identity({ code, path, found }: Problem): string {
  return JSON.stringify([code, path, found]);
}
