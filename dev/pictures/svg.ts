import { html, raw } from "../../lib/html/html";

export type Theme = "light" | "dark";
export const THEMES: readonly Theme[] = ["light", "dark"];

/** `narrow` is for phones: as wide as their screens, so that the text keeps its size. */
export type Width = "wide" | "narrow";
export const WIDTHS: readonly Width[] = ["wide", "narrow"];

/**
 * Its file, from the repository's root: `docs/pictures/comment-light.svg`, `…-light-narrow.svg`.
 */
export function pictureFile(name: string, theme: Theme, width: Width = "wide"): string {
  return `docs/pictures/${name}-${theme}${width === "narrow" ? "-narrow" : ""}.svg`;
}

/** What a picture shows: a page, cut at its height. */
export interface Drawn {
  /** What the picture shows, for those who do not see it. */
  readonly title: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly style: string;
  /** HTML whose only elements without an end are `wbr`. */
  readonly body: string;
}

/**
 * A page as an SVG file, whose text stays text: sharp at each size, and a few kilobytes. It loads
 * nothing and runs nothing. It is XML, of which a browser shows nothing at all where an element has
 * no end.
 */
export function svgOf({ title, width, height, style, body }: Drawn): string {
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title>${title}</title>
<style>${raw(style)}</style>
<foreignObject width="${width}" height="${height}">
<div xmlns="http://www.w3.org/1999/xhtml" class="page">
${raw(body.replaceAll("<wbr>", "<wbr/>"))}
</div>
</foreignObject>
</svg>
`.text;
}
