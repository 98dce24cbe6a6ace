import { type Acceptance, isAcceptId, readAcceptFile } from "../../project/acceptance";
import { wrongCall } from "../../project/unknown-name";

/**
 * What somebody has accepted of a review.
 * @param words of `--accept`, several with commas between them
 * @param file of `--accept-file`
 * @throws ProjectError `wrong-call` (exit 2) for what is no id, and those of `readAcceptFile`
 */
export function readAccepted(words: readonly string[], file: string | undefined): readonly Acceptance[] {
  const named = words.flatMap((word) => word.split(",").map((one) => one.trim()));
  for (const word of named) {
    if (!isAcceptId(word))
      throw wrongCall(
        `--accept takes ids of a review, and "${word}" is none`,
        "such as broader-3f9c2a1b04de",
      );
  }
  const listed = file === undefined ? [] : readAcceptFile(file);
  return [...[...new Set(named)].map((id) => ({ id, place: "--accept" })), ...listed];
}
