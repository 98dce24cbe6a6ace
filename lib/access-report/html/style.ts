import { ON_PAPER } from "../../html/paper";

/**
 * `text`, `soft` and `link` stand on `page`, `card` and `head`; `severe`, `warn` and `calm` on the
 * tint of the same name.
 */
const LIGHT = {
  page: "#fbfbfa",
  card: "#ffffff",
  head: "#f1f3f4",
  text: "#1d2329",
  soft: "#56616b",
  line: "#d5dade",
  link: "#0b5cad",
  severe: "#a51c27",
  "severe-tint": "#fbe7e8",
  warn: "#7d4b00",
  "warn-tint": "#fff2dc",
  calm: "#1d2329",
  "calm-tint": "#eef1f3",
} as const;

/** Light and dark. */
export const COLORS = {
  light: LIGHT,
  dark: {
    page: "#14181c",
    card: "#1c2227",
    head: "#252d34",
    text: "#e6eaee",
    soft: "#a3aeb8",
    line: "#3b4650",
    link: "#7cb7f5",
    severe: "#ff9a9f",
    "severe-tint": "#40191d",
    warn: "#f3bd6c",
    "warn-tint": "#3a2c12",
    calm: "#e6eaee",
    "calm-tint": "#2a323a",
  },
} as const satisfies Readonly<Record<"light" | "dark", Readonly<Record<keyof typeof LIGHT, string>>>>;

function variables(theme: keyof typeof COLORS): string {
  return Object.entries(COLORS[theme])
    .map(([name, color]) => `--${name}: ${color};`)
    .join(" ");
}

/**
 * The page's style: light or dark like the reader's system; tables scroll inside on a phone, or
 * become cards (`cards`); on paper always light, with all that is folded, and the addresses of
 * links.
 */
export const STYLE = `
:root { color-scheme: light dark; ${variables("light")} }
@media (prefers-color-scheme: dark) { :root { ${variables("dark")} } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0 auto; max-width: 68rem; padding: 1.2rem 1rem 2rem; background: var(--page); color: var(--text); font: 1rem/1.55 system-ui, "Segoe UI", "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", sans-serif; overflow-wrap: anywhere; }
:lang(ja) body { line-height: 1.7; line-break: strict; }
h1 { font-size: 1.55rem; line-height: 1.3; margin: .3rem 0 .6rem; } h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.6rem 0 .6rem; padding-top: .8rem; border-top: 2px solid var(--line); } h3 { font-size: 1.08rem; margin: 1.4rem 0 .4rem; } h4 { font-size: 1rem; margin: 0; } h3 code, h4 code { font-size: 1em; font-weight: 600; } p { margin: .5rem 0; }
h2, h3, h4, caption { break-after: avoid; }
a { color: var(--link); } a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: .5rem; padding: .3rem .6rem; background: var(--card); }
code { font: .9em/1.4 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; unicode-bidi: isolate; }
.lead { color: var(--soft); margin: 0; } .soft { color: var(--soft); } .small { font-size: .88rem; }
ul { margin: .4rem 0; padding-left: 1.3rem; } li { margin: .25rem 0; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: 1rem 0 0; padding: 0; font-size: .94rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .6rem; margin: 1rem 0; } .figures > div { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .8rem; display: flex; flex-direction: column-reverse; justify-content: flex-end; } .figures dt { color: var(--soft); font-size: .86rem; line-height: 1.35; } .figures dd { margin: 0; font-size: 1.6rem; font-weight: 650; line-height: 1.3; }
.facts { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .15rem .9rem; margin: .5rem 0; font-size: .94rem; } .facts dt { color: var(--soft); } .facts dd { margin: 0; min-width: 0; }
.badge { display: inline-block; padding: 0 .5rem; border: 1px solid currentColor; border-radius: .4rem; font-size: .84rem; font-weight: 600; line-height: 1.5; }
.severe { color: var(--severe); background: var(--severe-tint); } .warn { color: var(--warn); background: var(--warn-tint); } .calm { color: var(--calm); background: var(--calm-tint); }
details { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; margin: .6rem 0; } summary { cursor: pointer; padding: .6rem .9rem; } details > div { padding: 0 .9rem .8rem; } summary h3, summary h4 { display: inline; margin: 0; }
.wide { overflow-x: auto; margin: 0 0 .8rem; } table { border-collapse: separate; border-spacing: 0; background: var(--card); font-size: .92rem; border: 1px solid var(--line); border-width: 1px 0 0 1px; } caption { text-align: left; color: var(--soft); font-size: .88rem; padding: .2rem 0 .4rem; } th, td { text-align: left; vertical-align: top; border: 1px solid var(--line); border-width: 0 1px 1px 0; padding: .35rem .6rem; } thead th { background: var(--head); font-weight: 600; vertical-align: bottom; } tbody th { font-weight: 600; }
td > span, td > code, th > code, th > span, th > a { display: block; } th .badge { display: table; margin-top: .2rem; font-size: .76rem; } td > .badge { display: inline-block; } .line > span { display: inline; } .line > span + span::before { content: ", "; }
table { overflow-wrap: break-word; } .texts th[scope="row"], .texts td { overflow-wrap: anywhere; } .cards thead th { white-space: nowrap; } th .small { font-weight: 400; } .matrix td { min-width: 5.5rem; max-width: 14rem; } .matrix th[scope="row"], .matrix thead th:first-child { position: sticky; left: 0; background: var(--head); min-width: 5.5rem; max-width: 11rem; }
footer { color: var(--soft); margin-top: 2.6rem; font-size: .88rem; }
@media (max-width: 45rem) {
body { padding: .8rem .8rem 2rem; } h1 { font-size: 1.3rem; } .facts { grid-template-columns: 1fr; gap: 0; } .facts dd { margin-bottom: .4rem; } details > div { padding: 0 .7rem .7rem; } summary { padding: .6rem .7rem; }
.cards, .cards tbody, .cards tr, .cards th, .cards td, .cards caption { display: block; border-width: 0; } .cards { background: none; } .cards thead { position: absolute; left: -99rem; } .cards tr { background: var(--card); border: 1px solid var(--line); border-radius: .4rem; padding: .35rem .6rem; margin-bottom: .5rem; } .cards th, .cards td { padding: .1rem 0; } .cards td::before { content: attr(data-label) ": "; color: var(--soft); } .cards td > span, .cards td > code { display: inline; } .cards td:empty { display: none; }
}
@page { size: A4; margin: 15mm 14mm 17mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #56616b; } }
@media print {
:root { color-scheme: light; ${variables("light")} --page: #fff; --head: #fff; --severe-tint: #fff; --warn-tint: #fff; --calm-tint: #fff; }
html { font-size: 9pt; } body { max-width: none; padding: 0; } table { font-size: .9rem; } .texts { font-size: .82rem; width: 100%; } nav, .skip { display: none; } h2 { margin-top: 1.6rem; }
${ON_PAPER}
details, tr, li, .figures { break-inside: avoid; } details details { break-inside: auto; } section > p { break-after: avoid; } thead { display: table-header-group; } .wide { overflow: visible; } .matrix { width: 100%; } .matrix td { min-width: 0; } .matrix th[scope="row"], .matrix thead th:first-child { position: static; }
a { text-decoration: none; }
}
`;
