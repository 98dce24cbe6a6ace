import { ProjectError } from "../errors";
import { readInput } from "../project/read-input";
import { wrongCall } from "../project/unknown-name";

const ID = /^[a-z]+(-[a-z]+)*-[0-9a-f]{12}$/;

/**
 * The ids that somebody has signed off.
 * @param words of `--accept`, several with commas between them
 * @param file of `--accept-file`: an id a line; `#` begins a comment
 * @throws ProjectError `wrong-call`, `accept-not-read` (exit 2) for what is no id, and those of `readInput`
 */
export function readAccepted(words: readonly string[], file: string | undefined): readonly string[] {
  const named = words.flatMap((word) => word.split(",").map((one) => one.trim()));
  for (const word of named) {
    if (!ID.test(word))
      throw wrongCall(
        `--accept takes ids of a review, and "${word}" is none`,
        "such as broader-3f9c2a1b04de",
      );
  }
  const listed = file === undefined ? [] : idsIn(readInput(file), file);
  return [...new Set([...named, ...listed])];
}

function idsIn(text: string, file: string): readonly string[] {
  return text.split(/\r\n|\n|\r/).flatMap((line, index) => {
    const [word = ""] = line.split("#");
    const id = word.trim();
    if (id === "") return [];
    if (ID.test(id)) return [id];
    throw new ProjectError({
      code: "accept-not-read",
      message: `${file}:${index + 1}: "${id}" is no id of a review`,
      found: id,
      fix: "one id a line, such as broader-3f9c2a1b04de; # begins a comment",
      exitCode: 2,
    });
  });
}
