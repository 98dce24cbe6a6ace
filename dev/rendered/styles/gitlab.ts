/**
 * A note on a merge request, after GitLab's stylesheets
 * (app/assets/stylesheets/framework/typography.scss and tables.scss): a note has the window's width
 * without the page's margins, the avatar and its own padding. Tables and code blocks scroll, code
 * wraps at blanks only.
 */
export const GITLAB_STYLE = `
:root { color-scheme: light dark; --page: #fff; --text: #3a383f; --line: #dcdcde; --soft: #ececef; --head: #f7f7f8; --new: #ecfdf0; --old: #fbe9eb; --note: #fdf1dd; --link: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --page: #18171d; --text: #ececef; --line: #4c4b51; --soft: #333238; --head: #28272d; --new: #0a2c14; --old: #3d0f12; --note: #342500; --link: #63a6e9; } }
body { margin: 0; padding: 0 16px; background: var(--page); color: var(--text); }
.markdown-body { font: 14px/1.5 "GitLab Sans", -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; padding: 16px 0; margin-left: 24px; overflow-wrap: break-word; }
@media (max-width: 600px) { .markdown-body { margin-left: 0; } }
p { margin: 0 0 16px; } a { color: var(--link); }
h2 { font-size: 1.5em; } h3 { font-size: 1.3em; } h4 { font-size: 1.2em; } h2, h3, h4 { margin: 24px 0 16px; line-height: 1.3; }
ul { padding: 0; margin: 0 0 16px; } ul ul { margin-bottom: 0; } li { margin-left: 28px; line-height: 1.6; }
details { margin-bottom: 16px; }
code { font: 90% "GitLab Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; padding: 2px 4px; border-radius: 4px; background: var(--soft); white-space: pre-wrap; overflow-wrap: break-word; word-break: keep-all; }
pre { margin: 0 0 16px; padding: 8px 12px; border: 1px solid var(--line); border-radius: 4px; background: var(--head); overflow-x: auto; line-height: 1.6; }
pre code { font-size: 13px; padding: 0; background: none; white-space: pre; overflow-wrap: normal; }
table { display: block; width: auto; margin: 16px 0; overflow-x: auto; border-collapse: collapse; }
th, td { padding: 10px 16px; border: 1px solid var(--line); vertical-align: top; text-align: left; line-height: 20px; } th { background: var(--head); font-weight: 600; }
.pl-mi1 { background: var(--new); } .pl-md { background: var(--old); } .pl-mc { background: var(--note); }
`;
