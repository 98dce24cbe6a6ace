import { createTwoFilesPatch } from "diff";
import type { FileChange } from "../propose/proposal";

/** All changes as one unified diff. */
export function printPatch(changes: readonly FileChange[]): string {
  return changes
    .map(({ file, before, after }) =>
      createTwoFilesPatch(
        before === undefined ? "/dev/null" : file,
        after === undefined ? "/dev/null" : file,
        before ?? "",
        after ?? "",
        "",
        "",
        { context: 3 },
      )
        .split("\n")
        .filter((line, at) => !/^={3,}$/.test(line) && !(at === 0 && line.startsWith("Index: ")))
        .join("\n")
        .replaceAll(/^(---|\+\+\+) (.*)\t$/gm, "$1 $2"),
    )
    .join("")
    .trimEnd();
}

/** The files that were written or removed, one a line. */
export function printWritten(changes: readonly FileChange[]): string {
  return changes.map(({ file, after }) => `${after === undefined ? "Removed" : "Wrote"} ${file}`).join("\n");
}
