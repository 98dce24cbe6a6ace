import { createTwoFilesPatch } from "diff";
import { accessFromText } from "../../config/load";
import type { Access } from "../../config/model/model";
import { ROLE_CHECKS, readAccessText } from "../../project/read-access";
import { documentsBeside } from "../../project/read-document";
import { requireWritable, writeWhole } from "../../project/write-whole";

/** access.yaml before an edit. */
export interface OpenFile {
  readonly file: string;
  readonly text: string;
  readonly access: Access;
}

/**
 * Reads and checks the file, and checks that it can be written.
 * @throws AccessFileError; ProjectError those of `readAccessText` (exit 2), `not-written`
 */
export function openAccess(file: string, isDryRun: boolean): OpenFile {
  const text = readAccessText(file);
  if (!isDryRun) requireWritable(file);
  return { file, text, access: read(text, file) };
}

/**
 * Checks the edited text as a whole, then writes it.
 * @returns the changes as a unified diff; empty: there are none
 * @throws AccessFileError: nothing was written
 */
export function writeAccess(
  { file, text }: Pick<OpenFile, "file" | "text">,
  edited: string,
  isDryRun: boolean,
): { readonly diff: string; readonly access: Access } {
  const access = read(edited, `${file} after the change`);
  if (edited !== text && !isDryRun) writeWhole(file, edited);
  return { diff: edited === text ? "" : diffOf(file, text, edited), access };
}

function read(text: string, file: string): Access {
  return accessFromText(text, file, ROLE_CHECKS, documentsBeside(file));
}

function diffOf(file: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(file, file, before, after, "", "", { context: 2 });
  return patch
    .split("\n")
    .filter((line, at) => !/^={3,}$/.test(line) && !(at === 0 && line.startsWith("Index: ")))
    .join("\n")
    .replaceAll(/^(---|\+\+\+) (.*)\t$/gm, "$1 $2")
    .trimEnd();
}
