import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { ProjectError } from "../errors";
import { createFolderOf, requireWritable, writeWhole } from "../project/write-whole";
import type { FileChange } from "./propose/proposal";

/**
 * In the folder of access.yaml while several files are written, so that a run writes all or none.
 */
export const JOURNAL = ".adopt-in-progress.json";

const journalSchema = z.array(
  z.object({ file: z.string(), before: z.string().optional(), after: z.string().optional() }),
);

/**
 * Writes all files or none: first a journal with their content, then each file. If the process is
 * killed in between, `finishWriting` completes the journal.
 * @param folder of access.yaml
 * @throws ProjectError `not-written`: nothing was changed
 */
export function writeChanges(folder: string, changes: readonly FileChange[]): void {
  if (changes.length === 0) return;
  for (const { file } of changes) {
    createFolderOf(file);
    requireWritable(file);
  }
  writeWhole(path.join(folder, JOURNAL), JSON.stringify(changes));
  finishWriting(folder);
}

/**
 * Completes the journal of a killed process.
 * @returns the files; empty: there was no journal
 * @throws ProjectError `adopt-interrupted`: a file has changed since; nothing more is written
 */
export function finishWriting(folder: string): readonly string[] {
  const journal = path.join(folder, JOURNAL);
  if (!existsSync(journal)) return [];
  const changes = readJournal(journal);
  for (const { file, before, after } of changes) {
    const present = existsSync(file) ? readFileSync(file, "utf8") : undefined;
    if (present !== before && present !== after) throw changedSince(file, journal);
  }
  for (const { file, after } of changes) {
    if (after === undefined) rmSync(file, { force: true });
    else writeWhole(file, after);
  }
  rmSync(journal);
  return changes.map(({ file }) => file);
}

function readJournal(journal: string): z.infer<typeof journalSchema> {
  try {
    return journalSchema.parse(JSON.parse(readFileSync(journal, "utf8")));
  } catch (cause) {
    throw new ProjectError({
      code: "adopt-interrupted",
      message: `${journal} is not a valid journal of adopt`,
      found: journal,
      fix: "delete it, review access.yaml and imports.json with git diff, and run adopt again",
      cause,
    });
  }
}

function changedSince(file: string, journal: string): ProjectError {
  return new ProjectError({
    code: "adopt-interrupted",
    message: `an earlier adopt was interrupted while writing, and ${file} has changed since`,
    found: file,
    fix: `restore ${file} (git checkout), or delete ${journal} to discard the earlier run; then run adopt again`,
  });
}
