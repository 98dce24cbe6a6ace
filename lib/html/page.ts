import { type Html, html, raw } from "./html";

export interface Page {
  readonly title: string;
  /** CSS, of ours. */
  readonly style: string;
  readonly body: Html;
}

/**
 * A page in English that needs nothing but itself, and whose reader's browser is told to fetch and
 * run nothing.
 */
export function page({ title, style, body }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
${body}
</body>
</html>
`.text;
}
