import { ERROR_GROUPS } from "../../lib/error-codes/error-codes";
import type { ErrorGroup } from "../../lib/error-codes/error-group";

const WIDTH = 100;

/** docs/errors.md: every error code with its cause and its fix, one anchor each. */
export function errorsPage(): string {
  const title = "# Error codes";
  const intro =
    "An error is printed as `error[CODE]: MESSAGE`. Codes do not change between versions; messages may. This page is generated from `lib/error-codes/` by `npm run schema`. Findings of `audit` have a page of their own: [findings.md](findings.md).";
  const contents = ERROR_GROUPS.map(({ title: name }) => `- [${name}](#${anchorOf(name)})`).join("\n");
  return `${[title, wrapped(intro), contents, ...ERROR_GROUPS.map(sectionOf)].join("\n\n")}\n`;
}

function sectionOf({ title, guide, intro, codes }: ErrorGroup): string {
  return [
    `## ${title}`,
    wrapped(`${intro} Guide: [${guide}](${guide}).`),
    ...Object.entries(codes).map(([code, { cause, fix }]) =>
      [`### ${code}`, wrapped(cause), wrapped(`**Fix:** ${fix}`)].join("\n\n"),
    ),
  ].join("\n\n");
}

/** As GitHub makes anchors of headings. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join("\n");
}
