import type { Drawn, Theme } from "./svg";

/** A page of ours in one of its two color schemes, cut at the height of its picture. */
export function pageInPicture(page: string, theme: Theme): Pick<Drawn, "style" | "body"> {
  const [, style = ""] = /<style>(.*?)<\/style>/s.exec(page) ?? [];
  const [, body = ""] = /<body>\n(.*)\n<\/body>/s.exec(page) ?? [];
  const dark = /@media \(prefers-color-scheme: dark\) \{ (:root \{[^}]*\}) \}/;
  // A picture does not follow the reader's system: the page that it is part of chooses one.
  const own = style
    .replace(dark, theme === "dark" ? "$1" : "")
    .replaceAll(/\bbody \{/g, ".page {")
    .replace(/@(?:page|media print) \{[\s\S]*$/, "");
  const frame =
    ".page { height: 100%; overflow: hidden; border: 1px solid var(--line); border-radius: 6px; }";
  return { style: `${own}${frame}`, body };
}
