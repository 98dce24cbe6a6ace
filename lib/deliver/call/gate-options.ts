import { type Acceptance, isAcceptId, readAcceptFile } from "../../project/acceptance";
import { wrongCall } from "../../project/unknown-name";
import { FAIL_ON } from "../../report/verdict/gate";

/**
 * The gates that `--fail-on` names.
 * @param known the words. Default: those of `review`
 * @throws ProjectError `wrong-call` (exit 2) for any other word
 */
export function readFailOn(text: string | undefined, known: readonly string[] = FAIL_ON): readonly string[] {
  if (text === undefined) return [];
  return text.split(",").map((word) => {
    if (known.includes(word.trim())) return word.trim();
    throw wrongCall(`unknown gate "${word}" in --fail-on`, `known: ${known.join(", ")}`);
  });
}

/**
 * The changes that a person accepts.
 * @param words values of `--accept`: ids, also several with commas between them
 * @param file value of `--accept-file`
 * @throws ProjectError `wrong-call` (exit 2) for a word that is not an id, and those of
 * `readAcceptFile`
 */
export function readAccepted(words: readonly string[], file: string | undefined): readonly Acceptance[] {
  const named = words.flatMap((word) => word.split(",").map((one) => one.trim()));
  for (const word of named) {
    if (!isAcceptId(word))
      throw wrongCall(
        `--accept takes the ids of a review; "${word}" is not an id`,
        "copy the id from the report, such as broader-3f9c2a1b04de",
      );
  }
  const listed = file === undefined ? [] : readAcceptFile(file);
  return [...[...new Set(named)].map((id) => ({ id, place: "--accept" })), ...listed];
}
