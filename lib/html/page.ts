import { type Html, html, raw } from "./html";

interface Page {
  readonly title: string;
  /** Of its words, for screen readers, hyphenation and fonts. Default: English. */
  readonly language?: "en" | "ja";
  /** Trusted CSS. */
  readonly style: string;
  readonly body: Html;
}

/** A self-contained page. Its content security policy forbids scripts and requests. */
export function page({ title, language = "en", style, body }: Page): string {
  return html`<!doctype html>
<html lang="${language}">
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
