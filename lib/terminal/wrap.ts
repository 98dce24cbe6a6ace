/**
 * Breaks text at spaces into lines of at most this many columns. A word that is longer, such as an
 * ARN, stays whole on a line of its own.
 */
export function wrapWords(text: string, width: number): readonly string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    for (const word of paragraph.split(" ")) {
      const line = lines.at(-1);
      const longer = `${line} ${word}`;
      if (line !== undefined && [...longer].length <= width) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  });
}
