import { openAccess, writeAccess } from "./edited-file";
import { type PrunedText, pruneText } from "./prune-text";

export interface Pruned extends Omit<PrunedText, "text"> {
  readonly file: string;
  /** Empty: nothing was to do. */
  readonly diff: string;
}

/**
 * Takes the entries that have ended out of access.yaml, and keeps every other character.
 * @param at ISO 8601 in UTC, to the second
 * @throws AccessFileError; ProjectError `yaml-layout` (exit 2), `not-written`: nothing was changed
 */
export function prune(file: string, at: string, isDryRun: boolean): Pruned {
  const open = openAccess(file, isDryRun);
  const { text, removed, left } = pruneText(open.text, open.access, at);
  const { diff } = writeAccess(open, text, isDryRun);
  return { file, removed, left, diff };
}
