import { statSync } from "node:fs";
import path from "node:path";
import { ProjectError } from "../../errors";
import { namingFile } from "../../project/naming-file";
import { nameOf } from "../../project/read-input";
import { type AuditedRole, type FileNote, unknownInput } from "../found/audited-role";
import { filesIn, holdsNoPolicy } from "./folder";
import { readFile, type Source } from "./read-file";

export interface AuditInputs {
  readonly roles: readonly AuditedRole[];
  /** Files and folders that certainly contain no trust policies. */
  readonly skipped: readonly FileNote[];
  /** Files of a folder that may contain trust policies but could not be read. */
  readonly unread: readonly FileNote[];
  /** Incomplete files, such as one page of several. */
  readonly incomplete: readonly FileNote[];
  /** The text of each file and where each value begins in it. */
  readonly sources: ReadonlyMap<string, Source>;
}

/**
 * Reads all trust policies in files and folders; `-` is standard input.
 * @throws ProjectError those of `readFile` (exit 2). In a folder, files without policies are
 * skipped and unreadable ones are listed; a folder with neither policies nor unreadable files is an
 * error
 */
export function readInputs(inputs: readonly string[]): AuditInputs {
  const roles: AuditedRole[] = [];
  const [skipped, unread, incomplete]: [FileNote[], FileNote[], FileNote[]] = [[], [], []];
  const sources = new Map<string, Source>();
  const read = (file: string): void => {
    const { found, source } = namingFile(nameOf(file), () => readFile(file));
    roles.push(...found.roles);
    if (found.incomplete !== undefined) incomplete.push({ file: nameOf(file), reason: found.incomplete });
    sources.set(nameOf(file), source);
  };
  for (const input of inputs) {
    if (input === "-" || !isFolder(input)) {
      read(input);
      continue;
    }
    const before = sources.size + unread.length;
    const { files, left } = filesIn(input);
    skipped.push(...left);
    for (const file of files) {
      try {
        read(file);
      } catch (error) {
        if (!(error instanceof ProjectError)) throw error;
        (holdsNoPolicy(file, error) ? skipped : unread).push({ file, reason: error.message });
      }
    }
    if (sources.size + unread.length === before) throw unknownInput(input);
  }
  return {
    roles: roles.filter((role) => !standsInOneOf(role, sources)),
    skipped,
    unread,
    incomplete,
    sources,
  };
}

/** Whether an unreadable role was read from the file that contains it. */
function standsInOneOf({ file, standsIn }: AuditedRole, sources: ReadonlyMap<string, Source>): boolean {
  return standsIn !== undefined && sources.has(path.join(path.dirname(file), standsIn));
}

function isFolder(input: string): boolean {
  return statSync(input, { throwIfNoEntry: false })?.isDirectory() === true;
}
