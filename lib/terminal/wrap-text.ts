/**
 * Lines of at most so many characters, broken at blanks alone: a word that is longer stands on a
 * line of its own, whole, so that identifiers can be copied.
 * @param hanging what begins every line but the first
 */
export function wrapText(text: string, width: number, hanging = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line.trim() === "" || longer.length <= width) line = longer;
    else {
      lines.push(line);
      line = `${hanging}${word}`;
    }
  }
  return [...lines, line].join("\n");
}
