import { html } from "../../lib/html/html";
import type { Theme } from "./svg";

const COLORS: Readonly<
  Record<
    Theme,
    { readonly page: string; readonly text: string; readonly soft: string; readonly line: string }
  >
> = {
  light: { page: "#ffffff", text: "#1f2328", soft: "#59636e", line: "#d1d9e0" },
  dark: { page: "#0d1117", text: "#f0f6fc", soft: "#9198a1", line: "#3d444d" },
};

const LINE = 20;
const CHARACTER = 8.4;
const MARGIN = 16;

/**
 * A terminal as an SVG file: commands and what they print.
 * @param lines of the screen; those that begin with `$` are typed
 */
export function terminalPicture(lines: readonly string[], theme: Theme): string {
  const { page, text, soft, line } = COLORS[theme];
  const columns = Math.max(80, ...lines.map(({ length }) => length));
  const width = Math.ceil(columns * CHARACTER + 2 * MARGIN);
  const height = lines.length * LINE + 2 * MARGIN;
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title>A terminal</title>
<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="6" fill="${page}" stroke="${line}"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" xml:space="preserve">
${lines.map(
  (one, at) =>
    html`<text x="${MARGIN}" y="${MARGIN + 15 + at * LINE}" fill="${one.startsWith("$ ") ? soft : text}" textLength="${(one.length * CHARACTER).toFixed(1)}">${one.replace(/^ +/, (blanks) => "\u00a0".repeat(blanks.length))}</text>\n`,
)}</g>
</svg>
`.text;
}
