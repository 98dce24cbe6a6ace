/** The page's style: light or dark like the reader's system, one column on a phone. */
export const STYLE = `
:root { color-scheme: light dark; --page: #fbfbfa; --card: #fff; --text: #1d2329; --soft: #5d6873; --line: #d5dade; --yes: #10703c; --yes-soft: #e3f3e9; --no: #b0202b; --no-soft: #fbe7e8; }
@media (prefers-color-scheme: dark) { :root { --page: #14181c; --card: #1c2227; --text: #e6eaee; --soft: #9aa5b0; --line: #38414a; --yes: #6fd29a; --yes-soft: #173325; --no: #ff8f95; --no-soft: #40191d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1rem; background: var(--page); color: var(--text); font: 1rem/1.55 system-ui, "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: .6rem 0; } h2 { font-size: 1.25rem; margin: 2rem 0 .6rem; } h4 { margin: 0 0 .5rem; font-size: 1rem; font-weight: 400; }
code { font: .85em/1.4 ui-monospace, "Cascadia Mono", Menlo, monospace; } code.long { display: block; color: var(--soft); }
.language { position: absolute; opacity: 0; } .languages { float: right; }
.languages label { border: 1px solid var(--line); padding: .3rem .7rem; border-radius: .4rem; cursor: pointer; background: var(--card); }
#show-en:checked ~ .languages [for="show-en"], #show-ja:checked ~ .languages [for="show-ja"] { border-color: var(--text); font-weight: 700; }
.language:focus-visible ~ .languages label { outline: 2px solid var(--soft); }
#show-en:checked ~ main [lang="ja"], #show-ja:checked ~ main span[lang="en"] { display: none; }
details { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; margin: .6rem 0; }
summary { cursor: pointer; padding: .7rem .9rem; } details > div { padding: 0 .9rem .4rem; }
.badge { display: inline-block; padding: 0 .5rem; border-radius: .4rem; border: 1px solid currentColor; font-size: .9rem; white-space: nowrap; }
.yes { --mark: var(--yes); --tint: var(--yes-soft); } .no { --mark: var(--no); --tint: var(--no-soft); } .idle { --mark: var(--soft); --tint: transparent; }
.badge.yes, .badge.no, .badge.idle { color: var(--mark); background: var(--tint); }
.job { border-top: 1px solid var(--line); padding: .8rem 0; } .job p { margin: .3rem 0; }
.label { display: block; color: var(--soft); font-size: .78rem; } .job p .label { display: inline; margin-right: .5rem; }
.flow { list-style: none; margin: 0 0 .6rem; padding: 0; display: flex; align-items: stretch; gap: 1.7rem; }
.flow > li { position: relative; flex: 1 1 0; min-width: 0; border: 1px solid var(--mark, var(--line)); background: var(--tint, transparent); border-radius: .5rem; padding: .5rem .6rem; }
.flow > li.wide { flex: 3 1 0; } .flow > li.idle { border-style: dashed; opacity: .65; }
.flow > li + li::before { content: "→"; position: absolute; left: -1.45rem; top: .5rem; color: var(--mark, var(--soft)); }
.flow > li.stopped::before, .flow > li.stopped + li::before { content: "✗"; color: var(--no); }
dl { margin: 0; display: grid; grid-template-columns: auto 1fr; gap: 0 .4rem; font-size: .82rem; } dt { color: var(--soft); } dd { margin: 0; }
.conditions { list-style: none; margin: 0; padding: 0; font-size: .88rem; } .conditions li + li { margin-top: .5rem; } .conditions li > b { color: var(--mark); }
table { width: 100%; border-collapse: collapse; background: var(--card); font-size: .94rem; } th, td { text-align: left; vertical-align: top; border: 1px solid var(--line); padding: .4rem .6rem; } th { color: var(--soft); font-weight: 600; }
pre { overflow-x: auto; white-space: pre-wrap; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .7rem; }
footer { color: var(--soft); margin-top: 2rem; font-size: .88rem; }
@media (max-width: 52rem) { .flow { flex-direction: column; gap: 1.5rem; } .flow > li + li::before { left: 1rem; top: -1.6rem; content: "↓"; } .flow > li.stopped::before, .flow > li.stopped + li::before { content: "✗"; } table { font-size: .85rem; } th, td { padding: .3rem; } }
`;
