import { html } from "../../lib/html/html";
import { EVERYTHING } from "../../lib/report/document/detail";
import { reviewDocument } from "../../lib/report/document/review-document";
import { verdictLine } from "../../lib/report/document/verdict-line";
import { htmlBlocks, inlineOf } from "../../lib/report/html/blocks";
import { reviewInPictures } from "./reviewed";
import { type Drawn, svgOf, type Theme, type Width } from "./svg";

/** GitHub's colors (primer/primitives, themes light and dark). */
const COLORS: Readonly<Record<Theme, string>> = {
  light: "--page: #fff; --text: #1f2328; --line: #d1d9e0; --code: #818b981f; --row: #f6f8fa",
  dark: "--page: #0d1117; --text: #f0f6fc; --line: #3d444d; --code: #656c7633; --row: #151b23",
};

const STYLE = `
.page { height: 100%; box-sizing: border-box; padding: 16px; overflow: hidden; border: 1px solid var(--line); border-radius: 6px; background: var(--page); color: var(--text); font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
h2 { margin: 20px 0 12px; font-size: 17.5px; line-height: 1.25; } p { margin: 0 0 12px; } details { margin: 0 0 12px; }
table { display: block; overflow: hidden; border-collapse: collapse; margin-bottom: 12px; } th, td { border: 1px solid var(--line); padding: 6px 10px; } tr:nth-child(even) td { background: var(--row); }
code { padding: .2em .4em; border-radius: 6px; background: var(--code); font: 85% ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
`;

const SIZES = {
  wide: { width: 860, height: 690 },
  narrow: { width: 400, height: 620 },
} as const satisfies Readonly<Record<Width, Pick<Drawn, "width" | "height">>>;

/** The comment on a pull request, as GitHub shows it: the details are folded. */
export function commentPicture(theme: Theme, width: Width = "wide"): string {
  const review = reviewInPictures();
  const { mark, text } = verdictLine(review);
  const blocks = htmlBlocks(reviewDocument(review, undefined, EVERYTHING));
  const body = html`<p><b>${mark} ${inlineOf(text)}</b></p>${blocks}`.text;
  return svgOf({
    title: "A review as a comment on a pull request",
    ...SIZES[width],
    style: `:root { ${COLORS[theme]} }${STYLE}`,
    body,
  });
}
