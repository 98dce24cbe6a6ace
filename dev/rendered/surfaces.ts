import { html, raw } from "../../lib/html/html";
import { printHtml } from "../../lib/report/html/report";
import { fitMarkdown } from "../../lib/report/markdown/report";
import type { Review } from "../../lib/report/model/review";
import { rendered } from "./markdown-page";
import { BITBUCKET_STYLE } from "./styles/bitbucket";
import { GITHUB_STYLE } from "./styles/github";
import { GITLAB_STYLE } from "./styles/gitlab";

/** A window of so many pixels. */
export const WINDOWS = { wide: 900, phone: 375 } as const;
export type WindowName = keyof typeof WINDOWS;
export const WINDOW_NAMES: readonly WindowName[] = ["wide", "phone"];

/** Where a review is read. */
export interface Surface {
  readonly name: "github" | "gitlab" | "bitbucket" | "html";
  readonly style: string;
  /** What the host makes of a review: HTML below an `article`. */
  readonly body: (review: Review) => string;
}

/** Of which the page's style is taken. */
const EMPTY: Review = { schemaVersion: 1, stacks: [], leftOut: [], access: [], findings: [] };

/** Limits of a comment: lib/hosts. */
export const SURFACES: readonly Surface[] = [
  {
    name: "github",
    style: GITHUB_STYLE,
    body: (review) => rendered(fitMarkdown(review, 65_536), "html"),
  },
  {
    name: "gitlab",
    style: GITLAB_STYLE,
    body: (review) => rendered(fitMarkdown(review, 1_000_000, { host: "gitlab" }), "html"),
  },
  {
    name: "bitbucket",
    style: BITBUCKET_STYLE,
    body: (review) => rendered(fitMarkdown(review, 32_767, { details: "open", host: "bitbucket" }), "text"),
  },
  { name: "html", style: styleOf(printHtml(EMPTY)), body: (review) => bodyOf(printHtml(review)) },
];

function styleOf(page: string): string {
  return /<style>(.*?)<\/style>/s.exec(page)?.[1] ?? "";
}

function bodyOf(page: string): string {
  return /<main>(.*)<\/main>/s.exec(page)?.[1] ?? "";
}

/** HTML of one document, with its name. */
export interface Article {
  readonly name: string;
  readonly body: string;
}

/** All documents on one page, each an `article` with its name. */
export function pageOf({ style }: Pick<Surface, "style">, articles: readonly Article[]): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Reports</title>
<style>${raw(style)}</style>
</head>
<body>
${articles.map(({ name, body }) => html`<article class="markdown-body" data-name="${name}">${raw(body)}</article>\n`)}</body>
</html>
`.text;
}
