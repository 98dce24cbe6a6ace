import { createHash } from "node:crypto";

/** Nobody finds two changes of one id by chance, and it can still be typed. */
const DIGITS = 12;

/**
 * A name for exactly this change, such as `broader-3f9c2a1b04de`: the same in every run that plans
 * the same, another as soon as anything of it differs. What somebody has signed off by it covers
 * nothing else.
 * @param kind what `--fail-on` calls it
 * @param parts all that the change consists of, as plain data
 */
export function stableId(kind: string, parts: readonly unknown[]): string {
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  return `${kind}-${digest.slice(0, DIGITS)}`;
}
