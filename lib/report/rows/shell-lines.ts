import { isJsonText } from "../../iam/language/json";

/**
 * Columns that hosts show without scrolling on a page that is 900 px wide: 868 px of code of 11.9
 * px on GitHub, 844 px of 13 px on GitLab.
 */
const COLUMNS = 100;
const OPTION = "  ";
const WORD = "    ";

/** One word for a POSIX shell ("Shell Command Language", section 2.2.2, single-quotes). */
export function inQuotes(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * A word for a shell, on several lines where it is long and JSON.
 * @param text without blanks between its parts, if it is JSON
 */
export function jsonInQuotes(text: string): string {
  return inQuotes(isJsonText(text) ? wrappedJson(text) : text);
}

/**
 * JSON on lines that are not too long, as far as its strings allow: white space between its parts
 * has no meaning (RFC 8259, section 2).
 */
function wrappedJson(text: string): string {
  const lines = [""];
  for (const [part] of text.matchAll(/[[{]*(?:"(?:[^"\\]|\\.)*"|[^"[\]{},:]+)?[\]}]*[:,]?/g)) {
    const last = lines.length - 1;
    const line = lines[last] ?? "";
    if (line !== "" && line.length + part.length > COLUMNS - WORD.length) lines.push(WORD + part);
    else lines[last] = line + part;
  }
  return lines.join("\n");
}

/** A command with its options, each on a line of its own; long ones have their words below them. */
export function commandLines(
  command: string,
  options: readonly (readonly [name: string, ...words: string[]])[],
): readonly string[] {
  return [command, ...options.map(optionText)].join(CONTINUED).split("\n");
}

/** "Shell Command Language", section 2.2.1, escape character. */
const CONTINUED = " \\\n";

function optionText([name, ...words]: readonly [string, ...string[]]): string {
  const line = `${OPTION}${[name, ...words].join(" ")}`;
  return fits(line) ? line : [`${OPTION}${name}`, ...linesOf(words)].join(CONTINUED);
}

function linesOf(words: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(WORD + word);
  }
  return lines;
}

function fits(line: string): boolean {
  return line.length < COLUMNS && !line.includes("\n");
}
