/**
 * A comment on a pull request in Bitbucket, which has no HTML: an estimate of its look, with the
 * Atlassian design's text size, table cells and code.
 */
export const BITBUCKET_STYLE = `
:root { color-scheme: light dark; --page: #fff; --text: #172b4d; --line: #c1c7d0; --soft: #f1f2f4; --new: #dcfff1; --old: #ffeceb; --note: #fff7d6; --link: #0055cc; }
@media (prefers-color-scheme: dark) { :root { --page: #1d2125; --text: #c7d1db; --line: #454f59; --soft: #22272b; --new: #133527; --old: #42221f; --note: #332e1b; --link: #85b8ff; } }
body { margin: 0; padding: 0 16px; background: var(--page); color: var(--text); }
.markdown-body { font: 14px/20px -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; padding: 16px 0; margin-left: 40px; overflow-wrap: break-word; }
@media (max-width: 600px) { .markdown-body { margin-left: 0; } }
p { margin: 12px 0; } a { color: var(--link); }
h2 { font-size: 20px; } h3 { font-size: 16px; } h4 { font-size: 14px; } h2, h3, h4 { margin: 24px 0 8px; line-height: 1.3; }
ul { margin: 12px 0; padding-left: 24px; } ul ul { margin: 0; }
code { font: 12px/20px ui-monospace, Menlo, Consolas, "Liberation Mono", monospace; padding: 2px 4px; border-radius: 3px; background: var(--soft); }
pre { margin: 12px 0; padding: 8px 12px; border-radius: 3px; background: var(--soft); overflow-x: auto; } pre code { padding: 0; white-space: pre; }
table { display: block; max-width: 100%; overflow-x: auto; border-collapse: collapse; margin: 12px 0; }
th, td { padding: 7px 10px; border: 1px solid var(--line); vertical-align: top; text-align: left; } th { background: var(--soft); font-weight: 600; }
.pl-mi1 { background: var(--new); } .pl-md { background: var(--old); } .pl-mc { background: var(--note); }
`;
