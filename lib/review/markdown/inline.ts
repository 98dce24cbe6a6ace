/**
 * Foreign text as a code span of GitHub-flavoured Markdown: the one way in which anything from a plan gets into a report. In a code span
 * nothing is Markdown, HTML, a mention or a reference (GFM, section 6.3; a pipe still ends a table's cell, section 4.10, and is escaped).
 */
export function code(text: string): string {
  const line = text.replace(/\s+|\p{Cc}|\p{Cf}/gu, (found) => (/^\s/.test(found) ? " " : "\ufffd"));
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const padded = /^`|`$|^ .* $/.test(line) || line === "" ? ` ${line} ` : line;
  return fence + padded.replaceAll("|", "\\|") + fence;
}
