import type { Path, Reporter } from "../yaml/problem";
import { entriesOf } from "../yaml/yaml-tree";

/** A list must not contain the same text twice: one of the two is likely a mistake. */
export function checkLists(value: unknown, report: Reporter, path: Path = []): void {
  if (!Array.isArray(value)) {
    for (const [key, inner] of entriesOf(value)) checkLists(inner, report, [...path, key]);
    return;
  }
  const seen = new Set<unknown>();
  value.forEach((element, index) => {
    if (typeof element === "string" && seen.has(element)) {
      report.at([...path, index], {
        code: "listed-twice",
        message: "the list contains this twice",
        found: element,
        allowed: "each element once",
        fix: "remove one of the two",
      });
    }
    seen.add(element);
    checkLists(element, report, [...path, index]);
  });
}
