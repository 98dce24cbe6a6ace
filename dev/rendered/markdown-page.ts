import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

/**
 * GitHub-flavoured Markdown as HTML.
 * @param tags `text`: HTML is shown as text, as on Bitbucket
 */
export function rendered(markdown: string, tags: "html" | "text"): string {
  return micromark(markdown, {
    allowDangerousHtml: tags === "html",
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  }).replace(/<code class="language-diff">([^<]*)<\/code>/g, (_, lines: string) => coloured(lines));
}

/**
 * The classes of GitHub's highlighting of a diff (github-markdown-css); the other hosts' styles
 * have them too.
 */
const CLASSES: Readonly<Record<string, string>> = { "+": "pl-mi1", "-": "pl-md", "!": "pl-mc" };

function coloured(lines: string): string {
  const spans = lines.split("\n").map((line) => {
    const name = CLASSES[line[0] ?? ""];
    return name === undefined ? line : `<span class="${name}">${line}</span>`;
  });
  return `<code class="language-diff">${spans.join("\n")}</code>`;
}
