/**
 * Lines of at most so many characters, broken only at blanks: a longer word is on a
 * line of its own, so that identifiers can be copied. The first line keeps its indentation.
 * @param hanging what begins every line but the first
 */
export function wrapText(text: string, width: number, hanging = ""): string {
  const [, indentation = "", rest = ""] = /^( *)(.*)$/s.exec(text) ?? [];
  const [first = "", ...words] = rest.split(" ");
  const lines: string[] = [];
  let line = `${indentation}${first}`;
  for (const word of words) {
    if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = `${hanging}${word}`;
    }
  }
  return [...lines, line].join("\n");
}
