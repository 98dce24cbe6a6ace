import { ON_PAPER } from "../../html/paper";

const LIGHT =
  "--page: #fbfbfa; --card: #fff; --text: #1d2329; --soft: #5d6873; --line: #d5dade; --new: #10703c; --new-soft: #e3f3e9; --old: #b0202b; --old-soft: #fbe7e8; --note: #8a5300; --note-soft: #fff2dc;";

/**
 * The style of the page: light and dark like the reader's system, one column, readable on a phone;
 * on paper light, with all that is folded, and the addresses of links.
 */
export const STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { --page: #14181c; --card: #1c2227; --text: #e6eaee; --soft: #9aa5b0; --line: #38414a; --new: #6fd29a; --new-soft: #173325; --old: #ff8f95; --old-soft: #40191d; --note: #f0b860; --note-soft: #3a2c12; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1rem; background: var(--page); color: var(--text); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; line-height: 1.3; margin: .6rem 0 1rem; } h2 { font-size: 1.15rem; margin: 1.8rem 0 .5rem; } p { margin: .5rem 0; }
code { font: .88em/1.4 ui-monospace, "Cascadia Mono", Menlo, monospace; background: var(--card); border: 1px solid var(--line); border-radius: .3rem; padding: 0 .25rem; }
ul { margin: .3rem 0; padding-left: 1.3rem; } li { margin: .25rem 0; }
details { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0; }
summary { cursor: pointer; padding: .5rem .8rem; } summary:focus-visible { outline: 2px solid var(--note); } details > div { padding: 0 .8rem .5rem; }
pre { margin: .4rem 0; padding: .5rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--page); font: .82rem/1.45 ui-monospace, "Cascadia Mono", Menlo, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.new { color: var(--new); background: var(--new-soft); } .old { color: var(--old); background: var(--old-soft); } .note { color: var(--note); background: var(--note-soft); }
.wide { overflow-x: auto; } table { border-collapse: collapse; background: var(--card); font-size: .92rem; } th, td { text-align: left; vertical-align: top; border: 1px solid var(--line); padding: .35rem .6rem; } th { color: var(--soft); font-weight: 600; white-space: nowrap; }
td { overflow-wrap: break-word; }
@media (max-width: 45rem) { .wide tr:first-child { display: none; } .wide table, .wide tbody, .wide tr, .wide td { display: block; } .wide tr { padding: .3rem .6rem; border: 1px solid var(--line); margin-bottom: .4rem; } .wide td { border: 0; padding: .1rem 0; line-height: 1.35; overflow-wrap: anywhere; } .wide td:empty { display: none; } .wide td::before { content: attr(data-column) ": "; color: var(--soft); } }
footer { color: var(--soft); margin-top: 2rem; font-size: .88rem; }
@page { size: A4; margin: 15mm 14mm; }
@media print {
:root { color-scheme: light; ${LIGHT} --page: #fff; } html { font-size: 9.5pt; } body { max-width: none; padding: 0; }
${ON_PAPER}
.wide { overflow: visible; } table { font-size: .82rem; } td { overflow-wrap: anywhere; }
h2 { break-after: avoid; } tr, li, pre { break-inside: avoid; }
}
`;
