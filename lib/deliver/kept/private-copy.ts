import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sha256 } from "../../project/sha256";
import { lockFile, planFile, type Reviewed } from "./reviewed-file";

/** The copy of a file. */
interface Copied {
  /** The original's path, for messages. */
  readonly from: string;
  /** The copy's path; only the owner may write it. */
  readonly file: string;
  /** SHA-256 of the copy; undefined: the original does not exist. */
  readonly digest: string | undefined;
}

export interface CopiedStack {
  readonly plan: Copied;
  readonly lock: Copied;
}

/** The plans and lock files of a review in a private folder. */
export interface PrivateCopy {
  /** By the name of the planned stack. */
  readonly stacks: ReadonlyMap<string, CopiedStack>;
  readonly remove: () => void;
}

/**
 * Copies the files before they are checked: the copies are checked and applied. Later writes to the
 * folder of plans, by another job with the same workspace or through a link, have no effect. The
 * caller removes the copies: plans hold secrets.
 */
export function copyPrivately(folder: string, reviewed: Reviewed): PrivateCopy {
  // Mode 0700 (Node docs, fs.mkdtemp: as mkdtemp(3)).
  const own = mkdtempSync(path.join(tmpdir(), "reviewed-"));
  const remove = (): void => rmSync(own, { recursive: true, force: true });
  const copy = (from: string): Copied => {
    const file = path.join(own, path.basename(from));
    const bytes = bytesOf(from);
    if (bytes === undefined) return { from, file, digest: undefined };
    writeFileSync(file, bytes, { mode: 0o600, flag: "wx" });
    return { from, file, digest: sha256(bytes) };
  };
  try {
    const planned = Object.entries(reviewed.stacks).filter(([, { outcome }]) => outcome !== "failed");
    const stacks = planned.map(
      ([name]) => [name, { plan: copy(planFile(folder, name)), lock: copy(lockFile(folder, name)) }] as const,
    );
    return { stacks: new Map(stacks), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function bytesOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT")
      return undefined;
    throw error;
  }
}
