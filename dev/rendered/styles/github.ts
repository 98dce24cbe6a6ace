import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const sheet = createRequire(__filename).resolve("github-markdown-css/github-markdown.css");

/**
 * GitHub's stylesheet, with the text size and the column of a comment: 868 px on a page of 900, 343
 * px on a phone of 375.
 */
export const GITHUB_STYLE = `${readFileSync(sheet, "utf8")}
body { margin: 0; padding: 0 16px; }
@media (prefers-color-scheme: dark) { body { background: #0d1117; } }
.markdown-body { font-size: 14px; padding: 16px 0; }
.pl-mc { color: var(--color-prettylights-syntax-markup-changed-text); background: var(--color-prettylights-syntax-markup-changed-bg); }
`;
