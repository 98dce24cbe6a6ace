import { printHtml } from "../../lib/report/html/report";
import { reviewInPictures } from "./reviewed";
import { svgOf, type Theme } from "./svg";

/** The report of `--html`, in one of its two color schemes. */
export function reportPicture(theme: Theme): string {
  const page = printHtml(reviewInPictures(), undefined, { title: "acme/infrastructure" });
  const [, style = ""] = /<style>(.*?)<\/style>/s.exec(page) ?? [];
  const [, body = ""] = /(<main>.*<\/main>)/s.exec(page) ?? [];
  const dark = /@media \(prefers-color-scheme: dark\) \{ (:root \{[^}]*\}) \}/;
  // A picture does not follow the reader's system: the page that it is part of chooses one.
  const own = style.replace(dark, theme === "dark" ? "$1" : "").replaceAll(/\bbody \{/g, ".page {");
  const frame =
    ".page { height: 100%; overflow: hidden; border: 1px solid var(--line); border-radius: 6px; }";
  return svgOf({ title: "A review as a page", width: 860, height: 690, style: `${own}${frame}`, body });
}
