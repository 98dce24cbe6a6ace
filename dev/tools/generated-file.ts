import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type ErrorCode, ProjectError } from "../../lib/errors";
import { repositoryRoot } from "../../lib/programs/cache";
import { writeWhole } from "../../lib/project/write-whole";

/** A committed file that a command generates. */
interface GeneratedFile {
  /** Path from the repository's root. */
  readonly file: string;
  /** What it is generated from, for messages. */
  readonly source: string;
  /** The command that writes it, such as `npm run schema`. */
  readonly command: string;
  readonly text: string;
  /** Code of the error where the committed file is out of date. */
  readonly staleCode: ErrorCode;
}

/**
 * Writes a generated file, or only compares it with the committed one.
 * @throws ProjectError with `staleCode` if `check` is set and the two differ
 */
export function updateGenerated(
  { file, source, command, text, staleCode }: GeneratedFile,
  { check }: { readonly check: boolean },
): void {
  const target = path.join(repositoryRoot, file);
  if (!check) {
    writeWhole(target, text);
    return;
  }
  if (existsSync(target) && readFileSync(target, "utf8") === text) return;
  throw new ProjectError({
    code: staleCode,
    message: `${file} is out of date with ${source}`,
    found: file,
    fix: `run ${command}, review the difference and commit the file`,
  });
}
