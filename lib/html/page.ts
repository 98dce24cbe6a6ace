import { type Html, html, raw } from "./html";

interface Page {
  readonly title: string;
  /** Trusted CSS. */
  readonly style: string;
  readonly body: Html;
}

/**
 * A self-contained page in English. Its content security policy forbids scripts and requests.
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
