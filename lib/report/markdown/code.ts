import { oneLine } from "../../collections/one-line";

/**
 * Untrusted text as a code span of GitHub-flavoured Markdown. All text from a plan goes through it.
 * In a code span nothing is Markdown, HTML, a mention or a reference (GFM, section 6.3).
 */
export function code(text: string): string {
  const line = oneLine(text);
  if (!/[` ]/.test(line) && line !== "") return `\`${line}\``;
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  // Renderers strip one blank on each side, unless the text is all blanks.
  const padded = /^`|`$|^ .*[^ ].* $/.test(line) || line === "" ? ` ${line} ` : line;
  return fence + padded + fence;
}
