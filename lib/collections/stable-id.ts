import { createHash } from "node:crypto";

/** Long enough that two changes do not share an id by chance, short enough to type. */
const DIGITS = 12;

/**
 * A name for exactly this change, such as `broader-3f9c2a1b04de`: the same in every run with the
 * same change, and another one if any part of the change differs. An acceptance by id covers
 * nothing else.
 * @param kind what `--fail-on` calls it
 * @param parts all that the change consists of, as plain data
 */
export function stableId(kind: string, parts: readonly unknown[]): string {
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  return `${kind}-${digest.slice(0, DIGITS)}`;
}
