import { suggest } from "../../collections/suggest";
import type { Path, Reporter } from "../yaml/problem";

/**
 * Reports a missing key that is required because of other keys, which the schema cannot express. A
 * misspelt key is reported as unknown only, not as missing too.
 */
export function reportMissing(
  key: string,
  allowed: string,
  place: { readonly entry: Readonly<Record<string, unknown>>; readonly path: Path },
  report: Reporter,
): void {
  const written = Object.keys(place.entry);
  if (written.some((one) => one === key || suggest(one, [key]) !== undefined)) return;
  report.atKey([...place.path, key], {
    code: "missing-key",
    message: "the key is missing",
    found: key,
    allowed,
    fix: `add \`${key}:\` with ${allowed}`,
  });
}
