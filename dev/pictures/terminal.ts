import { html } from "../../lib/html/html";
import { wrapText } from "../../lib/terminal/wrap-text";
import type { Theme, Width } from "./svg";

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

/** Columns at least: of a usual terminal, and of a phone. */
const LEAST = { wide: 80, narrow: 44 } as const satisfies Readonly<Record<Width, number>>;

interface Line {
  readonly text: string;
  readonly isTyped: boolean;
}

/** A narrow terminal wraps what is longer. */
function linesOf(line: string, room: Width): readonly Line[] {
  const isTyped = line.startsWith("$ ");
  if (room === "wide") return [{ text: line, isTyped }];
  const indentation = /^ */.exec(line)?.[0] ?? "";
  return wrapText(line, LEAST.narrow, `${indentation}  `)
    .split("\n")
    .map((text) => ({ text, isTyped }));
}

/**
 * A terminal as an SVG file: commands and what they print.
 * @param screen its lines; those that begin with `$` are typed
 */
export function terminalPicture(screen: readonly string[], theme: Theme, room: Width = "wide"): string {
  const { page, text, soft, line } = COLORS[theme];
  const lines = screen.flatMap((one) => linesOf(one, room));
  const columns = Math.max(LEAST[room], ...lines.map((one) => one.text.length));
  const width = Math.ceil(columns * CHARACTER + 2 * MARGIN);
  const height = lines.length * LINE + 2 * MARGIN;
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title>A terminal</title>
<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="6" fill="${page}" stroke="${line}"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" xml:space="preserve">
${lines.map(
  ({ text: words, isTyped }, at) =>
    html`<text x="${MARGIN}" y="${MARGIN + 15 + at * LINE}" fill="${isTyped ? soft : text}" textLength="${(words.length * CHARACTER).toFixed(1)}">${words.replace(/^ +/, (blanks) => "\u00a0".repeat(blanks.length))}</text>\n`,
)}</g>
</svg>
`.text;
}
