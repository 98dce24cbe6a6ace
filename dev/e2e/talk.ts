import { readFile } from "node:fs/promises";
import path from "node:path";
import { repositoryRoot } from "../../lib/programs/cache";

/** The talk's access.yaml. */
export function talk(): Promise<string> {
  return readFile(path.join(repositoryRoot, "examples", "talk", "access.yaml"), "utf8");
}

/** A text with one edit, which must be possible. */
export function edited(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`"${from}" is not in:\n${text}`);
  return text.replace(from, to);
}
