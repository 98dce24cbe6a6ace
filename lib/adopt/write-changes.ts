import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { ProjectError } from "../errors";
import { requireWritable, writeWhole } from "../project/write-whole";
import type { FileChange } from "./propose/proposal";

/** Beside access.yaml while several files are written, so that all of them are or none is. */
export const JOURNAL = ".adopt-in-progress.json";

const journalSchema = z.array(
  z.object({ file: z.string(), before: z.string().optional(), after: z.string().optional() }),
);

/**
 * Writes all files, or none: first a journal that holds them whole, then one after the other. A
 * process that is killed in between leaves the journal, and `finishWriting` does the rest.
 * @param folder of access.yaml
 * @throws ProjectError `not-written`: nothing was changed
 */
export function writeChanges(folder: string, changes: readonly FileChange[]): void {
  if (changes.length === 0) return;
  for (const { file } of changes) {
    mkdirSync(path.dirname(file), { recursive: true });
    requireWritable(file);
  }
  writeWhole(path.join(folder, JOURNAL), JSON.stringify(changes));
  finishWriting(folder);
}

/**
 * Does the rest of what a killed process has begun to write.
 * @returns the files, where there was something to finish
 * @throws ProjectError `adopt-interrupted`: somebody has changed one of the files since; nothing
 * more is written
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
      message: `${journal} is not as adopt writes it`,
      found: journal,
      fix: "remove it, look at access.yaml and imports.json with git diff, and run adopt again",
      cause,
    });
  }
}

function changedSince(file: string, journal: string): ProjectError {
  return new ProjectError({
    code: "adopt-interrupted",
    message: `an earlier run was killed while it wrote, and ${file} has been changed since by somebody else`,
    found: file,
    fix: `restore ${file} (git checkout), or remove ${journal} to forget the earlier run, and run adopt again`,
  });
}
