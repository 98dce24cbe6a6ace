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

/** What was written to which file, and what was skipped. */
export interface WrittenIds extends Additions {
  readonly file: string;
}

/** access.yaml before IDs are written to it. */
interface IdsFile {
  readonly file: string;
  readonly text: string;
}

/**
 * Reads the file and checks that it can be written.
 * @throws ProjectError those of `readAccessText` (exit 2), `not-written`
 */
export function openIdsFile(file: string): IdsFile {
  const text = readAccessText(file);
  requireWritable(file);
  return { file, text };
}

/**
 * Adds the IDs that access.yaml lacks and keeps every other character. The result is validated
 * before it is written.
 * @throws AccessFileError, ProjectError those of `additionsFor`, `yaml-layout` (exit 2),
 * `not-written`: nothing was changed
 */
export function writeIds({ file, text }: IdsFile, ids: Ids, options: AdditionOptions): WrittenIds {
  const source = readYaml(text);
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

/** Problems that the file had before are reported with its current line numbers. */
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
